"""kafka-python: JSON values, a group from the beginning, commits, transactions, administration. Arguments: the bootstrap server."""
import json
import sys

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.structs import OffsetAndMetadata

server = sys.argv[1]
total = 100

admin = KafkaAdminClient(bootstrap_servers=server)
admin.create_topics([NewTopic(name="python", num_partitions=2, replication_factor=1)])
assert "python" in admin.list_topics(), "the topic is listed"

producer = KafkaProducer(
    bootstrap_servers=server,
    key_serializer=str.encode,
    value_serializer=lambda value: json.dumps(value).encode(),
    compression_type="gzip",
    acks="all",
)
for number in range(total):
    producer.send("python", key=f"k{number}", value={"number": number}, headers=[("n", str(number).encode())])
producer.flush()
producer.close()


def read(count):
    consumer = KafkaConsumer(
        "python",
        bootstrap_servers=server,
        group_id="python-group",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        value_deserializer=json.loads,
        max_poll_records=10,
        consumer_timeout_ms=20000,
    )
    numbers = []
    for message in consumer:
        assert message.headers == [("n", str(message.value["number"]).encode())], message.headers
        numbers.append(message.value["number"])
        if len(numbers) == count:
            break
    consumer.commit()
    consumer.close()
    return numbers


first = read(total)
assert sorted(first) == list(range(total)), "everything is read once"
offsets = admin.list_consumer_group_offsets("python-group")
assert sum(offset.offset for offset in offsets.values()) == total, offsets

admin.create_topics([NewTopic(name="python-transactions", num_partitions=1, replication_factor=1)])
writer = KafkaProducer(bootstrap_servers=server, transactional_id="python-id")
writer.init_transactions()
for value, ends in (("first", True), ("never", False), ("second", True)):
    writer.begin_transaction()
    writer.send("python-transactions", value.encode())
    place = TopicPartition("python", 0)
    writer.send_offsets_to_transaction({place: OffsetAndMetadata(len(value), "", -1)}, "python-transactions-group")
    if ends:
        writer.commit_transaction()
    else:
        writer.flush()
        writer.abort_transaction()
writer.close()
offsets = admin.list_consumer_group_offsets("python-transactions-group")
assert offsets[TopicPartition("python", 0)].offset == len("second"), offsets
reader = KafkaConsumer(
    "python-transactions",
    bootstrap_servers=server,
    auto_offset_reset="earliest",
    isolation_level="read_committed",
    consumer_timeout_ms=2000,
)
values = [message.value.decode() for message in reader]
reader.close()
assert values == ["first", "second"], values
admin.close()
