import java.time.Duration;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Merger;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.UnlimitedWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.state.Stores;

/** Aggregates in windows and sessions, told at once, when the window closes, or held back until then. */
final class Windows {
    private static final TimeWindows TUMBLING = TimeWindows.ofSizeAndGrace(millis(10), millis(5));
    private static final SlidingWindows SLIDING = SlidingWindows.ofTimeDifferenceAndGrace(millis(5), millis(100));
    private static final SessionWindows SESSIONS = SessionWindows.ofInactivityGapAndGrace(millis(5), millis(10));
    private static final Merger<String, String> CONCATENATE = (key, left, right) -> left + right;

    static void addTo(Topologies topologies) {
        topologies.add("windows", inputs -> told(inputs.stream().groupByKey().windowedBy(TUMBLING)
            .aggregate(() -> "", (key, value, all) -> all + value, Materialized.as("windows"))));
        topologies.add("windows-that-overlap", inputs -> told(inputs.stream().groupByKey()
            .windowedBy(TUMBLING.advanceBy(millis(5)))
            .count(Materialized.as("windows-that-overlap"))));
        topologies.add("windows-in-memory", inputs -> told(inputs.stream().groupByKey().windowedBy(TUMBLING)
            .count(Materialized.as(Stores.inMemoryWindowStore("windows-in-memory", millis(20), millis(10), false)))));
        topologies.add("windows-in-plain-store", inputs -> told(inputs.stream().groupByKey().windowedBy(TUMBLING)
            .count(Materialized.as(
                Stores.persistentWindowStore("windows-in-plain-store", millis(20), millis(10), false)))));
        topologies.add("windows-in-store-with-headers", inputs -> told(inputs.stream().groupByKey()
            .windowedBy(TUMBLING)
            .count(Materialized.as(Stores.persistentTimestampedWindowStoreWithHeaders(
                "windows-in-store-with-headers", millis(20), millis(10), false)))));
        topologies.add("windows-told-on-close", inputs -> told(inputs.stream().groupByKey().windowedBy(TUMBLING)
            .emitStrategy(EmitStrategy.onWindowClose())
            .count(Materialized.as("windows-told-on-close"))));
        topologies.add("windows-suppressed", inputs -> told(inputs.stream().groupByKey().windowedBy(TUMBLING)
            .count(Materialized.as("windows-suppressed-count"))
            .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded())
                .withName("windows-suppressed"))));
        topologies.add("windows-without-end", inputs -> inputs.stream().groupByKey().windowedBy(UnlimitedWindows.of())
            .count(Materialized.as("windows-without-end"))
            .toStream((windowed, count) -> windowed.key()).mapValues(count -> "" + count));
        topologies.add("sliding-windows", inputs -> told(inputs.stream().groupByKey().windowedBy(SLIDING)
            .aggregate(() -> "", (key, value, all) -> all + value, Materialized.as("sliding-windows"))));
        topologies.add("sliding-windows-told-on-close", inputs -> told(inputs.stream().groupByKey()
            .windowedBy(SlidingWindows.ofTimeDifferenceWithNoGrace(millis(5)))
            .emitStrategy(EmitStrategy.onWindowClose())
            .count(Materialized.as("sliding-windows-told-on-close"))));
        topologies.add("sessions", inputs -> told(inputs.stream().groupByKey().windowedBy(SESSIONS)
            .aggregate(() -> "", (key, value, all) -> all + value, CONCATENATE, Materialized.as("sessions"))));
        topologies.add("sessions-in-memory", inputs -> told(inputs.stream().groupByKey().windowedBy(SESSIONS)
            .count(Materialized.as(Stores.inMemorySessionStore("sessions-in-memory", millis(20))))));
        topologies.add("sessions-in-store-with-headers", inputs -> told(inputs.stream().groupByKey()
            .windowedBy(SESSIONS)
            .count(Materialized.as(
                Stores.persistentSessionStoreWithHeaders("sessions-in-store-with-headers", millis(20))))));
        topologies.add("sessions-told-on-close", inputs -> told(inputs.stream().groupByKey().windowedBy(SESSIONS)
            .emitStrategy(EmitStrategy.onWindowClose())
            .count(Materialized.as("sessions-told-on-close"))));
        topologies.add("sessions-suppressed", inputs -> told(inputs.stream().groupByKey().windowedBy(SESSIONS)
            .count(Materialized.as("sessions-suppressed-count"))
            .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded())
                .withName("sessions-suppressed"))));
        topologies.add("cogroup-in-windows", inputs -> told(inputs.stream("left").groupByKey()
            .<String>cogroup((key, value, all) -> all + value)
            .cogroup(inputs.stream("right").groupByKey(), (key, value, all) -> value + all)
            .windowedBy(TUMBLING)
            .aggregate(() -> "", Materialized.as("cogroup-in-windows"))));
        topologies.add("cogroup-in-sliding-windows", inputs -> told(inputs.stream("left").groupByKey()
            .<String>cogroup((key, value, all) -> all + value)
            .cogroup(inputs.stream("right").groupByKey(), (key, value, all) -> value + all)
            .windowedBy(SLIDING)
            .aggregate(() -> "", Materialized.as("cogroup-in-sliding-windows"))));
        topologies.add("cogroup-in-sessions", inputs -> told(inputs.stream("left").groupByKey()
            .<String>cogroup((key, value, all) -> all + value)
            .cogroup(inputs.stream("right").groupByKey(), (key, value, all) -> value + all)
            .windowedBy(SESSIONS)
            .aggregate(() -> "", CONCATENATE, Materialized.as("cogroup-in-sessions"))));
    }

    private static <V> KStream<String, String> told(KTable<Windowed<String>, V> table) {
        return table.toStream((windowed, value) -> Topologies.text(windowed)).mapValues(value -> "" + value);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
