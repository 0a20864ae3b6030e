"""kafka-python: JSON values, a group from the beginning, commits, administration. Arguments: the bootstrap server."""
import json
import sys

from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic

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
admin.close()
