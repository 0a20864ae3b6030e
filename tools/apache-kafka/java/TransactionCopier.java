import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Copies a topic in transactions, each with the offsets of what it copies; one in three is aborted and done again.
 * Arguments: bootstrap servers, from, to, group and transactional id, how many records there are.
 * Prints RUNNING with the first committed transaction, and COPIED when the group has committed all of them.
 */
public final class TransactionCopier {
    public static void main(String[] arguments) {
        String from = arguments[1];
        String to = arguments[2];
        String id = arguments[3];
        long total = Long.parseLong(arguments[4]);
        Properties common = new Properties();
        common.put("bootstrap.servers", arguments[0]);
        common.put("max.poll.records", "50");
        common.put("group.id", id);
        common.put("auto.offset.reset", "earliest");
        common.put("enable.auto.commit", "false");
        common.put("isolation.level", "read_committed");
        common.put("session.timeout.ms", "6000");
        Properties producing = new Properties();
        producing.put("bootstrap.servers", arguments[0]);
        producing.put("transactional.id", id);
        producing.put("transaction.timeout.ms", "10000");
        Random random = new Random(7);
        try (KafkaConsumer<String, String> consumer =
                 new KafkaConsumer<>(common, new StringDeserializer(), new StringDeserializer());
             KafkaProducer<String, String> producer =
                 new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            consumer.subscribe(List.of(from));
            boolean announced = false;
            Map<TopicPartition, Long> done = new HashMap<>();
            while (done.values().stream().mapToLong(Long::longValue).sum() < total) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
                if (records.isEmpty()) {
                    for (TopicPartition partition : consumer.assignment()) {
                        done.put(partition, consumer.position(partition));
                    }
                    continue;
                }
                producer.beginTransaction();
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                for (ConsumerRecord<String, String> record : records) {
                    producer.send(new ProducerRecord<>(to, record.partition(), record.key(), record.value()));
                    offsets.put(new TopicPartition(from, record.partition()), new OffsetAndMetadata(record.offset() + 1));
                }
                producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                if (random.nextInt(3) == 0) {
                    producer.abortTransaction();
                    for (Map.Entry<TopicPartition, OffsetAndMetadata> each : consumer.committed(consumer.assignment()).entrySet()) {
                        consumer.seek(each.getKey(), each.getValue() == null ? 0 : each.getValue().offset());
                    }
                    continue;
                }
                producer.commitTransaction();
                for (TopicPartition partition : consumer.assignment()) {
                    done.put(partition, consumer.position(partition));
                }
                if (!announced) {
                    System.out.println("RUNNING");
                    announced = true;
                }
            }
        }
        System.out.println("COPIED");
    }
}
