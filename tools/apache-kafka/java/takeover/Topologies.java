import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueStore;

/** The topologies of one application: each reads topics of its own, and all tell what they find in one. */
record Topologies(StreamsBuilder builder, String output) {
    private static final long MINUTE_MS = 60_000;

    void add(String name, Function<Inputs, KStream<String, String>> topology) {
        topology.apply(new Inputs(builder, name)).selectKey((key, found) -> name + " " + key).to(output);
    }

    /** What a topology reads: a topic with its own name, or one for each of its sides. */
    record Inputs(StreamsBuilder builder, String name) {
        private static final Consumed<String, String> STRINGS = Consumed.with(Serdes.String(), Serdes.String());

        KStream<String, String> stream() {
            return builder.stream(name, STRINGS);
        }

        KStream<String, String> stream(String side) {
            return builder.stream(topic(side), STRINGS);
        }

        KTable<String, String> table(String side, Materialized<String, String, KeyValueStore<Bytes, byte[]>> store) {
            return builder.table(topic(side), STRINGS, store);
        }

        String topic(String side) {
            return name + "-" + side;
        }
    }

    /** A key in a window, whose bounds are told within the minute. */
    static String text(Windowed<String> windowed) {
        return windowed.key() + "@" + windowed.window().start() % MINUTE_MS + "-" + windowed.window().end() % MINUTE_MS;
    }
}
