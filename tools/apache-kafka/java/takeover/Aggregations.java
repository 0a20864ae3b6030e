import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.state.Stores;

/** Aggregates of streams and tables, in key-value stores of each kind. */
final class Aggregations {
    static void addTo(Topologies topologies) {
        topologies.add("count", inputs -> inputs.stream().groupByKey()
            .count(Materialized.as("count")).toStream().mapValues(Aggregations::text));
        topologies.add("count-in-memory", inputs -> inputs.stream().groupByKey()
            .count(Materialized.as(Stores.inMemoryKeyValueStore("count-in-memory")))
            .toStream().mapValues(Aggregations::text));
        topologies.add("count-in-plain-store", inputs -> inputs.stream().groupByKey()
            .count(Materialized.as(Stores.persistentKeyValueStore("count-in-plain-store")))
            .toStream().mapValues(Aggregations::text));
        topologies.add("count-in-store-with-headers", inputs -> inputs.stream().groupByKey()
            .count(Materialized.as(Stores.persistentTimestampedKeyValueStoreWithHeaders("count-in-store-with-headers")))
            .toStream().mapValues(Aggregations::text));
        topologies.add("count-in-versioned-store", inputs -> inputs.stream().groupByKey()
            .count(Materialized.as(
                Stores.persistentVersionedKeyValueStore("count-in-versioned-store", Duration.ofMillis(1000))))
            .toStream().mapValues(Aggregations::text));
        topologies.add("reduce-by-another-key", inputs -> inputs.stream()
            .groupBy((key, value) -> value.substring(0, 1), Grouped.as("by-letter"))
            .reduce((left, right) -> left + right, Materialized.as("reduce-by-another-key")).toStream());
        topologies.add("aggregate-that-deletes", inputs -> inputs.stream().groupByKey()
            .aggregate(() -> "", (key, value, all) -> value.equals("x") ? null : all + value,
                Materialized.as("aggregate-that-deletes"))
            .toStream().mapValues(Aggregations::text));
        topologies.add("cogroup", inputs -> inputs.stream("left").groupByKey()
            .<String>cogroup((key, value, all) -> all + value)
            .cogroup(inputs.stream("right").groupByKey(), (key, value, all) -> value + all)
            .aggregate(() -> "", Materialized.as("cogroup")).toStream());
        topologies.add("groups-of-a-table", inputs -> inputs.builder().<String, String>table(inputs.name())
            .groupBy((key, value) -> KeyValue.pair(value, key), Grouped.as("by-value"))
            .aggregate(() -> "", (value, key, keys) -> keys + key, (value, key, keys) -> keys.replace(key, ""),
                Materialized.as("groups-of-a-table"))
            .toStream());
        topologies.add("table-of-a-stream", inputs -> inputs.stream()
            .toTable(Materialized.as("table-of-a-stream"))
            .filter((key, value) -> !value.equals("x"), Materialized.as("filtered-table"))
            .mapValues(value -> value + "!", Materialized.as("mapped-table"))
            .toStream().mapValues(Aggregations::text));
        topologies.add("suppress-by-time", inputs -> inputs.stream().groupByKey()
            .count(Materialized.as("suppress-by-time-count"))
            .suppress(Suppressed.untilTimeLimit(Duration.ofMillis(10),
                Suppressed.BufferConfig.unbounded()).withName("suppress-by-time"))
            .toStream().mapValues(Aggregations::text));
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
