import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TableJoined;
import org.apache.kafka.streams.kstream.ValueJoiner;
import org.apache.kafka.streams.state.Stores;

/** Joins of tables by their keys and by foreign keys. */
final class TableJoins {
    private static final ValueJoiner<String, String, String> PAIR = (left, right) -> left + "+" + right;
    /** The key of the other table is the first letter of the value. */
    private static final Function<String, String> FOREIGN_KEY = value -> value.substring(0, 1);

    static void addTo(Topologies topologies) {
        topologies.add("join-of-tables", inputs -> told(
            table(inputs, "left").join(table(inputs, "right"), PAIR, Materialized.as("join-of-tables"))));
        topologies.add("left-join-of-tables", inputs -> told(
            table(inputs, "left").leftJoin(table(inputs, "right"), PAIR)));
        topologies.add("outer-join-of-tables", inputs -> told(
            table(inputs, "left").outerJoin(table(inputs, "right"), PAIR, Materialized.as("outer-join-of-tables"))));
        topologies.add("join-of-versioned-tables", inputs -> told(
            versioned(inputs, "left").join(versioned(inputs, "right"), PAIR)));
        topologies.add("foreign-key-join", inputs -> told(
            table(inputs, "left").join(table(inputs, "right"), FOREIGN_KEY, PAIR,
                TableJoined.as("foreign-key"), Materialized.as("foreign-key-join"))));
        topologies.add("foreign-key-left-join", inputs -> told(
            table(inputs, "left").leftJoin(table(inputs, "right"), FOREIGN_KEY, PAIR,
                TableJoined.as("foreign-key-left"), Materialized.as("foreign-key-left-join"))));
        topologies.add("foreign-key-join-of-versioned-tables", inputs -> told(
            versioned(inputs, "left").join(versioned(inputs, "right"), FOREIGN_KEY, PAIR,
                TableJoined.as("foreign-key-versioned"))));
    }

    private static KTable<String, String> table(Topologies.Inputs inputs, String side) {
        return inputs.table(side, Materialized.as(inputs.topic(side)));
    }

    private static KTable<String, String> versioned(Topologies.Inputs inputs, String side) {
        return inputs.table(side,
            Materialized.as(Stores.persistentVersionedKeyValueStore(inputs.topic(side), Duration.ofMillis(100))));
    }

    private static KStream<String, String> told(KTable<String, String> table) {
        return table.toStream().mapValues(value -> "" + value);
    }
}
