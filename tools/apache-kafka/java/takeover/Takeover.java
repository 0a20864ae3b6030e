import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Applications with all topologies that Java and ours take over from each other; those of the same names are in
 * tools/kafka-checks/takeover. Obeys lines of the standard input: "start ID name=value ..." answers RUNNING ID or
 * FAILED ID, "stop ID" answers STOPPED ID once it has committed and left the group. Ends with its input.
 */
public final class Takeover {
    private static final Map<String, KafkaStreams> APPLICATIONS = new ConcurrentHashMap<>();

    public static void main(String[] arguments) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            boolean starts = words[0].equals("start");
            new Thread(() -> {
                if (starts) {
                    start(words[1], Arrays.copyOfRange(words, 2, words.length));
                } else {
                    stop(words[1], APPLICATIONS.remove(words[1]));
                }
            }).start();
        }
    }

    private static void start(String id, String[] words) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.String().getClass());
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.String().getClass());
        for (String setting : words) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        KafkaStreams streams = new KafkaStreams(topology(id, settings), settings);
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            System.out.println("FAILED " + id);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println("RUNNING " + id);
            }
        });
        APPLICATIONS.put(id, streams);
        streams.start();
    }

    private static Topology topology(String id, Properties settings) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        Topologies topologies = new Topologies(builder, id + "-out");
        Aggregations.addTo(topologies);
        Windows.addTo(topologies);
        StreamJoins.addTo(topologies);
        TableJoins.addTo(topologies);
        ProcessorStores.addTo(topologies);
        return builder.build(settings);
    }

    private static void stop(String id, KafkaStreams streams) {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(Duration.ofSeconds(30)));
        System.out.println("STOPPED " + id);
    }
}
