import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Counts in a versioned store, in windows that are told when they have closed, and in sessions: for tests in which Java
 * and ours take over each other's changelogs. Arguments, output and end as those of WordCount.
 */
public final class StoreTakeover {
    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[1]);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments[2]);
        for (String setting : Arrays.asList(arguments).subList(3, arguments.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        StreamsBuilder builder = new StreamsBuilder();
        KGroupedStream<String, String> group =
            builder.stream("stores-in", Consumed.with(Serdes.String(), Serdes.String())).groupByKey();
        Produced<String, Long> produced = Produced.with(Serdes.String(), Serdes.Long());
        group.count(Materialized.<String, Long>as(
                Stores.persistentVersionedKeyValueStore("versions", Duration.ofMillis(1000)))
                .withKeySerde(Serdes.String()).withValueSerde(Serdes.Long()))
            .toStream()
            .to("stores-out", produced);
        group.windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
            .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("windows")
                .withKeySerde(Serdes.String()).withValueSerde(Serdes.Long()))
            .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded()).withName("closed"))
            .toStream((window, count) -> window.key() + "@" + window.window().start() % 1000)
            .to("stores-out", produced);
        group.windowedBy(SessionWindows.ofInactivityGapAndGrace(Duration.ofMillis(1), Duration.ofMillis(100)))
            .count(Materialized.<String, Long, SessionStore<Bytes, byte[]>>as("sessions")
                .withKeySerde(Serdes.String()).withValueSerde(Serdes.Long()))
            .toStream((session, count) ->
                session.key() + "[" + session.window().start() % 1000 + "," + session.window().end() % 1000 + "]")
            .to("stores-out", produced);

        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println("RUNNING");
            }
        });
        streams.start();
        while (System.in.read() >= 0) {
            // Whoever started this closes the input when it has seen enough.
        }
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(Duration.ofSeconds(30)));
        System.out.println("CLOSED");
    }
}
