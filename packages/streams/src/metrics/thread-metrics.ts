import { foldIntervalMs } from './limits.ts'
import { MetricGroup } from './metric-group.ts'
import type { Metric, MetricTags } from './metric.ts'
import { Sensor } from './sensor.ts'
import { OwnSensors } from './streams-metrics.ts'
import { TaskMetrics } from './task-metrics.ts'

/** For a task whose metrics nobody reads. */
export function unreadTaskMetrics(): TaskMetrics {
  return new ThreadMetrics('', 0).openTask('')
}

/** What a stream thread measures, and of its tasks as long as it has them. All times are milliseconds. */
export class ThreadMetrics {
  readonly poll: Sensor = new Sensor()
  readonly pollRecords: Sensor = new Sensor()
  /** Milliseconds a record, once per stretch of work. */
  readonly processLatency: Sensor = new Sensor()
  readonly processRecords: Sensor = new Sensor()
  /** Milliseconds of each stretch of work. */
  readonly processTime: Sensor = new Sensor()
  readonly punctuate: Sensor = new Sensor()
  readonly commit: Sensor = new Sensor()
  readonly tasksCreated: Sensor = new Sensor()
  readonly tasksClosed: Sensor = new Sensor()
  readonly #tags: MetricTags
  readonly #startedMs: number
  readonly #own: OwnSensors
  readonly #tasks = new Set<TaskMetrics>()
  #foldedMs = -Infinity

  constructor(threadId: string, startedMs: number) {
    this.#tags = { 'thread-id': threadId }
    this.#startedMs = startedMs
    this.#own = new OwnSensors(this.#tags)
  }

  /** The metrics of a task that begins; they end with {@link closeTask}. */
  openTask(taskId: string): TaskMetrics {
    const task = new TaskMetrics({ ...this.#tags, 'task-id': taskId }, this.punctuate, this.#own)
    this.#tasks.add(task)
    this.tasksCreated.record(1)
    return task
  }

  closeTask(task: TaskMetrics): void {
    if (this.#tasks.delete(task)) this.tasksClosed.record(1)
  }

  /** Call it often: it does something once a second. */
  tick(nowMs: number): void {
    if (nowMs - this.#foldedMs < foldIntervalMs) return
    this.#foldedMs = nowMs
    for (const sensor of this.#sensors()) sensor.fold(nowMs)
    for (const task of this.#tasks) task.fold(nowMs)
    this.#own.fold(nowMs)
  }

  read(nowMs: number, state: string): Metric[] {
    const group = new MetricGroup('stream-thread-metrics', this.#tags, nowMs)
      .averageAndMax('commit-latency', 'time of a commit in ms', this.commit)
      .rateAndTotal('commit', 'commits', this.commit)
      .ratio('commit', 'committing', this.commit)
      .averageAndMax('poll-latency', 'time of a poll in ms', this.poll)
      .rateAndTotal('poll', 'polls', this.poll)
      .ratio('poll', 'polling', this.poll)
      .averageAndMax('poll-records', 'number of records of a poll', this.pollRecords)
      .averageAndMax('process-latency', 'time that processing took in ms a record', this.processLatency)
      .averageAndMax('process-records', 'number of records processed at a stretch', this.processRecords)
      .ratio('process', 'processing', this.processTime)
      .averageAndMax('punctuate-latency', 'time of a punctuation in ms', this.punctuate)
      .rateAndTotal('punctuate', 'punctuations', this.punctuate)
      .ratio('punctuate', 'in punctuations', this.punctuate)
      .rateAndTotal('task-created', 'tasks that began', this.tasksCreated)
      .rateAndTotal('task-closed', 'tasks that ended', this.tasksClosed)
      .sumRateAndTotal('process', 'processed records', this.processRecords)
      .add('thread-start-time', 'When the thread started, in ms since 1970', this.#startedMs)
      .add('state', 'What the thread is doing', state)
    return [...group.metrics, ...[...this.#tasks].flatMap((task) => task.read(nowMs)), ...this.#own.read(nowMs)]
  }

  #sensors(): Sensor[] {
    return [
      this.poll,
      this.pollRecords,
      this.processLatency,
      this.processRecords,
      this.processTime,
      this.punctuate,
      this.commit,
      this.tasksCreated,
      this.tasksClosed,
    ]
  }
}
