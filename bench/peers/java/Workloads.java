import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The topologies that are measured, one for one those of `bench/streams/topologies.ts`. */
final class Workloads {
    /** Records that have left the consumer's buffer for processing: of the input, and of the last stage behind it. */
    final LongAdder read = new LongAdder();
    final LongAdder middle = new LongAdder();

    private static final Serde<String> TEXT = Serdes.String();
    private final StreamsBuilder builder = new StreamsBuilder();
    private final String[] inputs;
    private final String output;
    private final boolean inMemory;

    Workloads(String inputs, String output, boolean inMemory) {
        this.inputs = inputs.split(",");
        this.output = output;
        this.inMemory = inMemory;
    }

    Topology topology(String name) {
        switch (name) {
            case "json-map", "json-map-plain" -> jsonMap();
            case "string-map" -> stringMap();
            case "word-count" -> wordCount();
            case "count" -> count();
            case "hopping" -> hopping();
            case "session" -> session();
            case "stream-stream-join" -> streamStreamJoin();
            case "stream-table-join" -> streamTableJoin();
            case "foreign-key-join" -> foreignKeyJoin();
            default -> throw new IllegalArgumentException("There is no workload " + name);
        }
        return builder.build();
    }

    private static <T> Serde<T> counting(Serde<T> serde, LongAdder counter) {
        Deserializer<T> inner = serde.deserializer();
        return Serdes.serdeFrom(serde.serializer(), new Deserializer<T>() {
            @Override
            public T deserialize(String topic, byte[] bytes) {
                counter.increment();
                return inner.deserialize(topic, bytes);
            }

            @Override
            public T deserialize(String topic, Headers headers, byte[] bytes) {
                counter.increment();
                return inner.deserialize(topic, headers, bytes);
            }
        });
    }

    private <T> Consumed<String, T> counted(Serde<T> serde) {
        return Consumed.with(TEXT, counting(serde, read));
    }

    private Materialized<String, Long, KeyValueStore<Bytes, byte[]>> counts() {
        return inMemory ? Materialized.as(Stores.inMemoryKeyValueStore("counts")) : Materialized.as("counts");
    }

    private void jsonMap() {
        builder.stream(inputs[0], counted(Values.json(Values.Order.class)))
            .filter((key, order) -> order.active)
            .mapValues(order -> {
                Values.OrderTotal total = new Values.OrderTotal();
                total.id = order.id;
                total.user = order.user;
                total.region = order.region;
                total.totalCents = Math.round(order.amount * order.qty * 100);
                total.ts = order.ts;
                return total;
            })
            .to(output, Produced.with(TEXT, Values.json(Values.OrderTotal.class)));
    }

    private void stringMap() {
        builder.stream(inputs[0], counted(TEXT))
            .mapValues(value -> value.toUpperCase(Locale.ROOT))
            .to(output, Produced.with(TEXT, TEXT));
    }

    private void wordCount() {
        builder.stream(inputs[0], counted(TEXT))
            .flatMapValues(line -> Arrays.asList(line.toLowerCase(Locale.ROOT).split(" ")))
            .groupBy((key, word) -> word, Grouped.with("words", TEXT, counting(TEXT, middle)))
            .count(counts())
            .toStream()
            .to(output, Produced.with(TEXT, Serdes.Long()));
    }

    private void count() {
        builder.stream(inputs[0], counted(TEXT))
            .groupByKey(Grouped.with(TEXT, TEXT))
            .count(counts())
            .toStream()
            .to(output, Produced.with(TEXT, Serdes.Long()));
    }

    private void hopping() {
        Serde<Values.Statistics> statistics = Values.json(Values.Statistics.class);
        builder.stream(inputs[0], counted(Values.json(Values.Trade.class)))
            .groupByKey()
            .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofSeconds(5)).advanceBy(Duration.ofSeconds(1)))
            .aggregate(
                Values.Statistics::new,
                (ticker, trade, sums) -> add(sums, trade),
                Materialized.<String, Values.Statistics, WindowStore<Bytes, byte[]>>as("statistics")
                    .withKeySerde(TEXT)
                    .withValueSerde(statistics))
            .toStream()
            .to(output, Produced.with(WindowedSerdes.timeWindowedSerdeFrom(String.class, 5000L), statistics));
    }

    private static Values.Statistics add(Values.Statistics sums, Values.Trade trade) {
        sums.ticker = trade.ticker;
        sums.min = sums.count == 0 ? trade.price : Math.min(sums.min, trade.price);
        sums.max = sums.count == 0 ? trade.price : Math.max(sums.max, trade.price);
        sums.count++;
        sums.sum += trade.price;
        sums.avg = sums.sum / sums.count;
        return sums;
    }

    private void session() {
        builder.stream(inputs[0], counted(TEXT))
            .groupByKey(Grouped.with(TEXT, TEXT))
            .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(Duration.ofSeconds(60)))
            .count(Materialized.<String, Long, SessionStore<Bytes, byte[]>>as("sessions"))
            .toStream()
            .to(output, Produced.with(WindowedSerdes.sessionWindowedSerdeFrom(String.class), Serdes.Long()));
    }

    private void streamStreamJoin() {
        builder.stream(inputs[0], counted(TEXT))
            .join(
                builder.stream(inputs[1], counted(TEXT)),
                (left, right) -> left + "|" + right,
                JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofSeconds(10)),
                StreamJoined.with(TEXT, TEXT, TEXT))
            .to(output, Produced.with(TEXT, TEXT));
    }

    private void streamTableJoin() {
        Serde<Values.User> user = Values.json(Values.User.class);
        Serde<Values.View> view = Values.json(Values.View.class);
        KTable<String, Values.User> users =
            builder.table(inputs[1], Consumed.with(TEXT, user), Materialized.as("users"));
        builder.stream(inputs[0], counted(view))
            .join(users, Workloads::enrich, Joined.with(TEXT, view, user))
            .to(output, Produced.with(TEXT, Values.json(Values.EnrichedView.class)));
    }

    private void foreignKeyJoin() {
        // A row and its user may meet twice, when they come at about the same time.
        Set<Long> joined = new HashSet<>();
        Serde<Values.User> user = Values.json(Values.User.class);
        Serde<Values.EnrichedView> enriched = Values.json(Values.EnrichedView.class);
        KTable<String, Values.User> users =
            builder.table(inputs[1], Consumed.with(TEXT, user), Materialized.as("users"));
        builder.table(inputs[0], counted(Values.json(Values.View.class)), Materialized.as("views"))
            .join(
                users,
                view -> view.user,
                (view, row) -> {
                    if (joined.add(view.id)) middle.increment();
                    return enrich(view, row);
                },
                Materialized.<String, Values.EnrichedView, KeyValueStore<Bytes, byte[]>>as("enriched")
                    .withKeySerde(TEXT)
                    .withValueSerde(enriched))
            .toStream()
            .to(output, Produced.with(TEXT, enriched));
    }

    private static Values.EnrichedView enrich(Values.View view, Values.User user) {
        Values.EnrichedView enriched = new Values.EnrichedView();
        enriched.id = view.id;
        enriched.user = view.user;
        enriched.name = user.name;
        enriched.city = user.city;
        enriched.page = view.page;
        enriched.tier = user.tier;
        enriched.amount = view.amount;
        enriched.ts = view.ts;
        return enriched;
    }
}
