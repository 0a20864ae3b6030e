import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.ValueJoiner;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.Stores;

/** Joins of streams with streams, tables and global tables. */
final class StreamJoins {
    private static final JoinWindows WITHIN = JoinWindows.ofTimeDifferenceAndGrace(millis(5), millis(10));
    private static final ValueJoiner<String, String, String> PAIR = (left, right) -> left + "+" + right;

    static void addTo(Topologies topologies) {
        topologies.add("join-of-streams", inputs -> inputs.stream("left")
            .join(inputs.stream("right"), PAIR, WITHIN, stored("join-of-streams")));
        topologies.add("left-join-of-streams", inputs -> inputs.stream("left")
            .leftJoin(inputs.stream("right"), PAIR, WITHIN, stored("left-join-of-streams")));
        topologies.add("outer-join-of-streams", inputs -> inputs.stream("left")
            .outerJoin(inputs.stream("right"), PAIR, WITHIN, stored("outer-join-of-streams")));
        topologies.add("outer-join-in-memory", inputs -> inputs.stream("left")
            .outerJoin(inputs.stream("right"), PAIR, WITHIN,
                stored("outer-join-in-memory").withDslStoreSuppliers(BuiltInDslStoreSuppliers.IN_MEMORY)));
        topologies.add("join-by-another-key", inputs -> inputs.stream("left")
            .selectKey((key, value) -> value.substring(0, 1))
            .leftJoin(inputs.stream("right"), PAIR, WITHIN, stored("join-by-another-key")));
        topologies.add("join-with-itself", inputs -> {
            KStream<String, String> stream = inputs.stream();
            return stream.join(stream, PAIR, WITHIN, stored("join-with-itself"));
        });
        topologies.add("join-with-table", inputs -> inputs.stream("left")
            .join(inputs.table("right", Materialized.as("join-with-table")), PAIR));
        topologies.add("left-join-with-table", inputs -> inputs.stream("left")
            .leftJoin(inputs.table("right", Materialized.as("left-join-with-table")), PAIR));
        topologies.add("join-with-versioned-table", inputs -> inputs.stream("left")
            .join(versioned(inputs, "join-with-versioned-table"), PAIR));
        topologies.add("left-join-with-grace", inputs -> inputs.stream("left")
            .leftJoin(versioned(inputs, "left-join-with-grace"), PAIR,
                Joined.<String, String, String>as("waits-for-rows").withGracePeriod(millis(10))));
        topologies.add("join-with-global-table", inputs -> inputs.stream("left")
            .join(inputs.builder().<String, String>globalTable(inputs.topic("right"), Materialized.as("global-rows")),
                (key, value) -> value, PAIR));
        topologies.add("left-join-with-global-table", inputs -> inputs.stream("left")
            .leftJoin(
                inputs.builder().<String, String>globalTable(inputs.topic("right"), Materialized.as("global-rows-left")),
                (key, value) -> value, PAIR));
    }

    private static StreamJoined<String, String, String> stored(String name) {
        return StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String()).withStoreName(name);
    }

    private static KTable<String, String> versioned(Topologies.Inputs inputs, String store) {
        return inputs.table("right",
            Materialized.as(Stores.persistentVersionedKeyValueStore(store, millis(100))));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
