import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Consumer, Producer } from '@streamwright/client'

/** What comes and goes while records flow. Each kind runs until it is told to stop, and counts what it did. */
export interface Churn {
  readonly name: string
  readonly run: (bootstrapServers: string, isOver: () => boolean, count: () => void) => Promise<void>
}

/** Sockets that are opened and cut, some in the middle of a request. */
const sockets: Churn = {
  name: 'sockets cut',
  async run(bootstrapServers, isOver, count) {
    const port = Number(bootstrapServers.split(':').at(-1))
    for (let number = 0; !isOver(); number++) {
      const socket = connect(port, '127.0.0.1', () => {
        // A frame of 100 bytes is announced and never comes.
        if (number % 2 === 0) socket.write(Buffer.from('00000064', 'hex'))
        setTimeout(() => socket.destroy(), 20)
      })
      socket.on('error', () => {})
      count()
      await sleep(20)
    }
  },
}

const producers: Churn = {
  name: 'producers that came and went',
  async run(bootstrapServers, isOver, count) {
    while (!isOver()) {
      const producer = new Producer({ bootstrapServers })
      await producer.send(
        Array.from({ length: 20 }, (_none, index) => ({ topic: 'churn', key: `${index}`, value: 'v' })),
      )
      await producer.close()
      count()
      await sleep(100)
    }
  },
}

const members: Churn = {
  name: 'group members that came and went',
  async run(bootstrapServers, isOver, count) {
    while (!isOver()) {
      const consumer = new Consumer({ bootstrapServers, groupId: 'churning', autoOffsetReset: 'earliest' })
      consumer.subscribe(['churn'])
      for (let polls = 0; polls < 5; polls++) for (const fetched of await consumer.poll(100)) fetched.release()
      await consumer.close()
      count()
    }
  },
}

const topics: Churn = {
  name: 'topics made and deleted',
  async run(bootstrapServers, isOver, count) {
    const admin = new Admin({ bootstrapServers })
    for (let number = 0; !isOver(); number++) {
      const name = `made-${number}`
      await admin.createTopics([{ name, partitions: 4 }])
      await admin.deleteTopics([name])
      count()
      await sleep(500)
    }
    await admin.close()
  },
}

const transactions: Churn = {
  name: 'transactions',
  async run(bootstrapServers, isOver, count) {
    const producer = new Producer({ bootstrapServers, transactionalId: 'soak' })
    await producer.initTransactions()
    for (let number = 0; !isOver(); number++) {
      producer.beginTransaction()
      await producer.send({ topic: 'churn', key: 'k', value: 'v' })
      await (number % 5 === 0 ? producer.abortTransaction() : producer.commitTransaction())
      count()
      await sleep(50)
    }
    await producer.close()
  },
}

export const churns: readonly Churn[] = [sockets, producers, members, topics, transactions]
