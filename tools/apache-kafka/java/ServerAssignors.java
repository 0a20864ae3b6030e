import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.assignor.RangeAssignor;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;
import org.apache.kafka.coordinator.group.modern.Assignment;
import org.apache.kafka.coordinator.group.modern.GroupSpecImpl;
import org.apache.kafka.coordinator.group.modern.MemberSubscriptionAndAssignmentImpl;

/**
 * The assignors of Kafka's group coordinator, one group a line:
 * ASSIGNOR TYPE TOPIC=PARTITIONS,... MEMBER;INSTANCE;TOPIC+TOPIC;TOPIC:0.1+TOPIC:2 MEMBER... (what each member has).
 * Answers MEMBER;TOPIC:0.1+TOPIC:2 MEMBER... in the order of names.
 */
public final class ServerAssignors {
    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(assign(line.split(" ")));
        }
    }

    private static String assign(String[] words) {
        ConsumerGroupPartitionAssignor assignor = words[0].equals("range") ? new RangeAssignor() : new UniformAssignor();
        Map<Uuid, Integer> counts = new HashMap<>();
        for (String topic : words[2].split(",")) {
            String[] parts = topic.split("=");
            counts.put(Uuid.fromString(parts[0]), Integer.parseInt(parts[1]));
        }
        Map<String, MemberSubscriptionAndAssignmentImpl> members = new HashMap<>();
        Map<Uuid, Map<Integer, String>> owners = new HashMap<>();
        for (int index = 3; index < words.length; index++) {
            String[] parts = words[index].split(";", -1);
            Set<Uuid> topics = new HashSet<>();
            for (String topic : parts[2].split("\\+")) if (!topic.isEmpty()) topics.add(Uuid.fromString(topic));
            Map<Uuid, Set<Integer>> owned = new HashMap<>();
            for (String each : parts[3].split("\\+")) {
                if (each.isEmpty()) continue;
                String[] pair = each.split(":");
                Uuid topic = Uuid.fromString(pair[0]);
                Set<Integer> partitions = new HashSet<>(
                    java.util.Arrays.stream(pair[1].split("\\.")).map(Integer::parseInt).toList());
                owned.put(topic, Collections.unmodifiableSet(partitions));
                for (int partition : partitions) {
                    owners.computeIfAbsent(topic, unused -> new HashMap<>()).put(partition, parts[0]);
                }
            }
            Optional<String> instance = parts[1].isEmpty() ? Optional.empty() : Optional.of(parts[1]);
            members.put(parts[0], new MemberSubscriptionAndAssignmentImpl(
                Optional.empty(), instance, topics, new Assignment(Collections.unmodifiableMap(owned))));
        }
        SubscribedTopicDescriber topics = new SubscribedTopicDescriber() {
            @Override
            public int numPartitions(Uuid topicId) {
                return counts.getOrDefault(topicId, -1);
            }

            @Override
            public Set<String> racksForPartition(Uuid topicId, int partition) {
                return Set.of();
            }
        };
        Map<String, MemberAssignment> assigned = assignor.assign(
            new GroupSpecImpl(members, SubscriptionType.valueOf(words[1]), owners), topics).members();
        Map<String, String> answers = new TreeMap<>();
        assigned.forEach((member, assignment) -> answers.put(member, describe(assignment.partitions())));
        return answers.entrySet().stream().map(each -> each.getKey() + ";" + each.getValue())
            .collect(Collectors.joining(" "));
    }

    private static String describe(Map<Uuid, Set<Integer>> partitions) {
        Map<String, String> topics = new TreeMap<>();
        partitions.forEach((topic, indexes) -> {
            if (!indexes.isEmpty()) topics.put(topic.toString(),
                new TreeSet<>(indexes).stream().map(String::valueOf).collect(Collectors.joining(".")));
        });
        return topics.entrySet().stream().map(each -> each.getKey() + ":" + each.getValue())
            .collect(Collectors.joining("+"));
    }
}
