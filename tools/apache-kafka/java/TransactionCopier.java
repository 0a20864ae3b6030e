import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
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
 * Several may share a group. Arguments: bootstrap servers, from, to, group, transactional id, how many records there
 * are, and settings of the consumer as `name=value`.
 * Prints RUNNING with the first committed transaction, and COPIED when the group has committed all of them.
 */
public final class TransactionCopier {
    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;
    private final String from;
    private final String to;
    private final Random random;

    private TransactionCopier(
        KafkaConsumer<String, String> consumer, KafkaProducer<String, String> producer, String[] arguments
    ) {
        this.consumer = consumer;
        this.producer = producer;
        this.from = arguments[1];
        this.to = arguments[2];
        this.random = new Random(arguments[4].hashCode());
    }

    public static void main(String[] arguments) {
        Properties consuming = new Properties();
        consuming.put("bootstrap.servers", arguments[0]);
        consuming.put("max.poll.records", "50");
        consuming.put("group.id", arguments[3]);
        consuming.put("auto.offset.reset", "earliest");
        consuming.put("enable.auto.commit", "false");
        consuming.put("isolation.level", "read_committed");
        for (int index = 6; index < arguments.length; index++) {
            String[] setting = arguments[index].split("=", 2);
            consuming.put(setting[0], setting[1]);
        }
        Properties producing = new Properties();
        producing.put("bootstrap.servers", arguments[0]);
        producing.put("transactional.id", arguments[4]);
        producing.put("transaction.timeout.ms", "10000");
        try (KafkaConsumer<String, String> consumer =
                 new KafkaConsumer<>(consuming, new StringDeserializer(), new StringDeserializer());
             KafkaProducer<String, String> producer =
                 new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
            new TransactionCopier(consumer, producer, arguments).run(Long.parseLong(arguments[5]));
        }
        System.out.println("COPIED");
    }

    private void run(long total) {
        producer.initTransactions();
        consumer.subscribe(List.of(from));
        boolean announced = false;
        while (true) {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
            if (records.isEmpty()) {
                if (committed() >= total) return;
            } else if (copy(records) && !announced) {
                System.out.println("RUNNING");
                announced = true;
            }
        }
    }

    /** Of all partitions, whoever has them. */
    private long committed() {
        Set<TopicPartition> all = new HashSet<>();
        consumer.partitionsFor(from).forEach(each -> all.add(new TopicPartition(from, each.partition())));
        return offsets(all).values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(new HashSet<>(partitions))
            .forEach((partition, offset) -> offsets.put(partition, offset == null ? 0 : offset.offset()));
        return offsets;
    }

    private boolean copy(ConsumerRecords<String, String> records) {
        producer.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            producer.send(new ProducerRecord<>(to, record.partition(), record.key(), record.value()));
            offsets.put(new TopicPartition(from, record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        try {
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            if (random.nextInt(3) != 0) {
                producer.commitTransaction();
                return true;
            }
            // Else the producer drops what it has not sent yet, and there is nothing to abort.
            producer.flush();
        } catch (CommitFailedException failure) {
            // The group has given the partitions to another meanwhile: this is his to copy.
        }
        producer.abortTransaction();
        offsets(consumer.assignment()).forEach(consumer::seek);
        return false;
    }
}
