import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Consumers of one group, each a thread that polls. Arguments: bootstrap servers, group.
 * Commands: "start NAME PROTOCOL TOPIC|re2:PATTERN [INSTANCE]", "stop NAME", "state".
 * "state" answers in one line: records read, partitions that two consumers had at a time, failures, and who has what.
 */
public final class GroupConsumers {
    private static final Map<String, Member> members = new ConcurrentHashMap<>();
    private static final Map<TopicPartition, String> owners = new ConcurrentHashMap<>();
    private static final AtomicLong read = new AtomicLong();
    private static final AtomicLong doubles = new AtomicLong();
    private static final AtomicLong failures = new AtomicLong();

    private static final class Member extends Thread implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, String> consumer;
        private final String topic;
        private volatile boolean stops;
        private volatile String has = "";

        Member(String name, Properties properties, String topic) {
            super(name);
            this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
            this.topic = topic;
        }

        @Override
        public void run() {
            try (consumer) {
                if (topic.startsWith("re2:")) consumer.subscribe(new SubscriptionPattern(topic.substring(4)), this);
                else consumer.subscribe(List.of(topic), this);
                while (!stops) {
                    read.addAndGet(consumer.poll(Duration.ofMillis(50)).count());
                    has = consumer.assignment().stream().map(TopicPartition::toString)
                        .collect(Collectors.toCollection(TreeSet::new)).toString().replace(" ", "");
                }
            } catch (Exception error) {
                failures.incrementAndGet();
                error.printStackTrace();
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                String other = owners.put(partition, getName());
                if (other != null && !other.equals(getName())) {
                    doubles.incrementAndGet();
                    System.err.println(partition + " is given to " + getName() + " while " + other + " has it");
                }
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) owners.remove(partition, getName());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("RUNNING");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("start")) {
                Properties properties = new Properties();
                properties.put("bootstrap.servers", arguments[0]);
                properties.put("group.id", arguments[1]);
                properties.put("auto.offset.reset", "earliest");
                properties.put("auto.commit.interval.ms", "200");
                properties.put("group.protocol", words[2]);
                if (words[2].equals("classic")) properties.put("heartbeat.interval.ms", "300");
                if (words.length > 4) properties.put("group.instance.id", words[4]);
                Member member = new Member(words[1], properties, words[3]);
                members.put(words[1], member);
                member.start();
            } else if (words[0].equals("stop")) {
                Member member = members.remove(words[1]);
                member.stops = true;
                member.join();
            }
            Map<String, String> have = new HashMap<>();
            members.forEach((name, member) -> have.put(name, member.has));
            System.out.println(read + " " + doubles + " " + failures + " " + have.toString().replace(", ", ";"));
        }
        for (Member member : members.values()) member.stops = true;
        for (Member member : members.values()) member.join();
    }
}
