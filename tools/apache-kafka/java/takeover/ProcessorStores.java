import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.internals.SessionWindow;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.AggregationWithHeaders;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.ValueTimestampHeaders;
import org.apache.kafka.streams.state.VersionedRecord;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Stores of each kind under processors, which tell what was there before them and put themselves behind it. */
final class ProcessorStores {
    private static final Serde<String> STRING = Serdes.String();
    private static final long MINUTE_MS = 60_000;

    static void addTo(Topologies topologies) {
        topologies.add("key-value-store", inputs -> with(inputs,
            Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("key-value-store"), STRING, STRING),
            (store, record) -> {
                String before = store.get(record.key());
                store.put(record.key(), record.value().equals("x") ? null : text(before) + record.value());
                return text(before);
            }));
        topologies.add("lru-map", inputs -> with(inputs,
            Stores.keyValueStoreBuilder(Stores.lruMap("lru-map", 2), STRING, STRING),
            (store, record) -> {
                String before = store.get(record.key());
                store.put(record.key(), text(before) + record.value());
                return text(before);
            }));
        topologies.add("timestamped-store", inputs -> with(inputs,
            Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore("timestamped-store"), STRING, STRING),
            (store, record) -> {
                ValueAndTimestamp<String> before = store.get(record.key());
                String value = before == null ? "" : before.value();
                store.put(record.key(), ValueAndTimestamp.make(value + record.value(), record.timestamp()));
                return before == null ? "" : value + "@" + before.timestamp() % MINUTE_MS;
            }));
        topologies.add("store-with-headers", inputs -> with(inputs,
            Stores.timestampedKeyValueStoreWithHeadersBuilder(
                Stores.persistentTimestampedKeyValueStoreWithHeaders("store-with-headers"), STRING, STRING),
            (store, record) -> {
                ValueTimestampHeaders<String> before = store.get(record.key());
                store.put(record.key(), record.value().equals("x") ? null
                    : ValueTimestampHeaders.make(record.value(), record.timestamp(), record.headers()));
                return before == null ? "" : text(before);
            }));
        topologies.add("window-store", inputs -> with(inputs,
            Stores.windowStoreBuilder(
                Stores.persistentWindowStore("window-store", millis(60), millis(10), false), STRING, STRING),
            (store, record) -> {
                StringBuilder before = new StringBuilder();
                try (WindowStoreIterator<String> found =
                        store.fetch(record.key(), record.timestamp() - 20, record.timestamp())) {
                    found.forEachRemaining(entry -> before.append(entry.value).append('@').append(entry.key % MINUTE_MS));
                }
                store.put(record.key(), record.value(), record.timestamp());
                return before.toString();
            }));
        topologies.add("window-store-of-duplicates", inputs -> with(inputs,
            Stores.windowStoreBuilder(
                Stores.persistentWindowStore("window-store-of-duplicates", millis(60), millis(10), true),
                STRING, STRING),
            (store, record) -> {
                StringBuilder before = new StringBuilder();
                try (WindowStoreIterator<String> found =
                        store.fetch(record.key(), record.timestamp() - 20, record.timestamp())) {
                    found.forEachRemaining(entry -> before.append(entry.value).append('@').append(entry.key % MINUTE_MS));
                }
                store.put(record.key(), record.value(), record.timestamp());
                return before.toString();
            }));
        topologies.add("timestamped-window-store", inputs -> with(inputs,
            Stores.timestampedWindowStoreBuilder(
                Stores.persistentTimestampedWindowStore("timestamped-window-store", millis(60), millis(10), false),
                STRING, STRING),
            (store, record) -> {
                long window = record.timestamp() - record.timestamp() % 10;
                ValueAndTimestamp<String> before = store.fetch(record.key(), window);
                String value = before == null ? "" : before.value();
                store.put(record.key(), ValueAndTimestamp.make(value + record.value(), record.timestamp()), window);
                return before == null ? "" : value + "@" + before.timestamp() % MINUTE_MS;
            }));
        topologies.add("window-store-with-headers", inputs -> with(inputs,
            Stores.timestampedWindowStoreWithHeadersBuilder(
                Stores.persistentTimestampedWindowStoreWithHeaders(
                    "window-store-with-headers", millis(60), millis(10), false),
                STRING, STRING),
            (store, record) -> {
                long window = record.timestamp() - record.timestamp() % 10;
                ValueTimestampHeaders<String> before = store.fetch(record.key(), window);
                store.put(record.key(),
                    ValueTimestampHeaders.make(record.value(), record.timestamp(), record.headers()), window);
                return before == null ? "" : text(before);
            }));
        topologies.add("session-store", inputs -> with(inputs,
            Stores.sessionStoreBuilder(Stores.persistentSessionStore("session-store", millis(60)), STRING, STRING),
            (store, record) -> {
                StringBuilder before = new StringBuilder();
                try (KeyValueIterator<Windowed<String>, String> found =
                        store.findSessions(record.key(), record.timestamp() - 20, record.timestamp())) {
                    found.forEachRemaining(session -> before.append(session.value).append('@')
                        .append(session.key.window().start() % MINUTE_MS));
                }
                store.put(session(record), record.value());
                return before.toString();
            }));
        topologies.add("session-store-with-headers", inputs -> with(inputs,
            Stores.sessionStoreWithHeadersBuilder(
                Stores.persistentSessionStoreWithHeaders("session-store-with-headers", millis(60)), STRING, STRING),
            (store, record) -> {
                StringBuilder before = new StringBuilder();
                try (KeyValueIterator<Windowed<String>, AggregationWithHeaders<String>> found =
                        store.findSessions(record.key(), record.timestamp() - 20, record.timestamp())) {
                    found.forEachRemaining(session -> before.append(session.value.aggregation())
                        .append(trace(session.value.headers())));
                }
                store.put(session(record), AggregationWithHeaders.make(record.value(), record.headers()));
                return before.toString();
            }));
        topologies.add("versioned-store", inputs -> with(inputs,
            Stores.versionedKeyValueStoreBuilder(
                Stores.persistentVersionedKeyValueStore("versioned-store", millis(100)), STRING, STRING),
            (store, record) -> {
                VersionedRecord<String> latest = store.get(record.key());
                VersionedRecord<String> then = store.get(record.key(), record.timestamp());
                store.put(record.key(), record.value().equals("x") ? null : record.value(), record.timestamp());
                return text(latest) + "," + text(then);
            }));
        topologies.add("global-store", inputs -> {
            inputs.builder().addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("global-store"), STRING, STRING).withLoggingDisabled(),
                inputs.topic("right"), Consumed.with(STRING, STRING), () -> new Keeping());
            return inputs.stream("left").process(() -> new Telling<TimestampedKeyValueStore<String, String>>(
                "global-store", (store, record) -> {
                    ValueAndTimestamp<String> row = store.get(record.value());
                    return row == null ? "" : row.value() + "@" + row.timestamp() % MINUTE_MS;
                }));
        });
    }

    /** What a processor does with its store and a record: the text it returns goes on. */
    private interface Step<S> {
        String take(S store, Record<String, String> record);
    }

    private static final class Telling<S extends StateStore>
            extends ContextualProcessor<String, String, String, String> {
        private final String store;
        private final Step<S> step;

        Telling(String store, Step<S> step) {
            this.store = store;
            this.step = step;
        }

        @Override
        public void process(Record<String, String> record) {
            S kept = context().getStateStore(store);
            context().forward(record.withValue("[" + step.take(kept, record) + "]"));
        }
    }

    private static final class Keeping implements Processor<String, String, Void, Void> {
        private TimestampedKeyValueStore<String, String> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore("global-store");
        }

        @Override
        public void process(Record<String, String> record) {
            store.put(record.key(), ValueAndTimestamp.make(record.value(), record.timestamp()));
        }
    }

    private static <S extends StateStore> KStream<String, String> with(
            Topologies.Inputs inputs, StoreBuilder<S> store, Step<S> step) {
        inputs.builder().addStateStore(store);
        return inputs.stream().process(() -> new Telling<>(store.name(), step), store.name());
    }

    private static Windowed<String> session(Record<String, String> record) {
        return new Windowed<>(record.key(), new SessionWindow(record.timestamp(), record.timestamp()));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String text(ValueTimestampHeaders<String> kept) {
        return kept.value() + "@" + kept.timestamp() % MINUTE_MS + trace(kept.headers());
    }

    private static String text(VersionedRecord<String> version) {
        return version == null ? "" : version.value() + "@" + version.timestamp() % MINUTE_MS;
    }

    private static String trace(Headers headers) {
        Header trace = headers.lastHeader("trace");
        return trace == null ? "" : "/" + new String(trace.value(), StandardCharsets.UTF_8);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
