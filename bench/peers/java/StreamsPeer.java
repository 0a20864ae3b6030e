import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Java Kafka Streams, measured as ours is: takes the `key=value` arguments of `bench/anchors.ts`, runs one workload to
 * the end of its input, and prints one `RESULT {json}` line with the same fields.
 */
public final class StreamsPeer {
    private static final long DEADLINE_NANOS = 580_000_000_000L;
    private static final long SAMPLE_MS = 10;

    private record Sample(long nanos, long read, long middle, double cpu, double threadCpu) {}

    private final Map<String, String> options = new HashMap<>();
    private final Workloads workloads;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch restored = new CountDownLatch(1);
    private volatile long runningMs;
    private volatile long restoreStartNanos;
    private volatile long restoreEndNanos;
    private volatile double restoreStartCpu;
    private volatile double restoreEndCpu;
    private volatile long restoredRecords;

    public static void main(String[] arguments) throws Exception {
        StreamsPeer peer = new StreamsPeer(arguments);
        peer.run();
        System.exit(0);
    }

    private StreamsPeer(String[] arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            options.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        workloads = new Workloads(option("in"), option("out"), "mem".equals(options.get("store")));
    }

    private String option(String name) {
        String value = options.get(name);
        if (value == null) throw new IllegalArgumentException("Missing argument " + name + "=…");
        return value;
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, option("app"));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, option("bootstrap"));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, option("statedir"));
        settings.put("auto.offset.reset", "earliest");
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        options.forEach((name, value) -> {
            if (name.startsWith("c.")) settings.put(name.substring(2), value);
        });
        return settings;
    }

    private void run() throws Exception {
        KafkaStreams streams = new KafkaStreams(workloads.topology(option("workload")), settings());
        streams.setStateListener((state, before) -> {
            if (state != KafkaStreams.State.RUNNING || running.getCount() == 0) return;
            runningMs = System.currentTimeMillis();
            running.countDown();
        });
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(3);
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setGlobalStateRestoreListener(new RestoreTimes());
        long startCallMs = System.currentTimeMillis();
        streams.start();
        String fields = options.containsKey("restore") ? restoration(streams) : throughput(streams);
        long executedAtMs = Long.parseLong(options.getOrDefault("exec", String.valueOf(startCallMs)));
        print(
            "{\"impl\":\"java\",\"workload\":\"%s\",%s,\"threads\":{},\"hwm_mb\":%d,\"startup_ms\":%d,"
                + "\"start_call_to_running_ms\":%d}",
            option("workload"),
            fields,
            ProcessFigures.memoryKb("VmHWM") / 1024,
            runningMs - executedAtMs,
            runningMs - startCallMs);
    }

    /** From the first record of a changelog to the last. */
    private String restoration(KafkaStreams streams) throws InterruptedException {
        if (!running.await(DEADLINE_NANOS, TimeUnit.NANOSECONDS) || !restored.await(0, TimeUnit.SECONDS))
            throw new IllegalStateException("Nothing was restored");
        long rssEndKb = ProcessFigures.memoryKb("VmRSS");
        streams.close();
        double seconds = (restoreEndNanos - restoreStartNanos) / 1e9;
        return String.format(
            Locale.ROOT,
            "\"records\":%d,\"restore_s\":%.3f,\"rate\":%.0f,\"app_cpu_s\":%.2f,\"rss_mb\":%d",
            restoredRecords,
            seconds,
            restoredRecords / seconds,
            restoreEndCpu - restoreStartCpu,
            rssEndKb / 1024);
    }

    private String throughput(KafkaStreams streams) throws InterruptedException {
        long total = Long.parseLong(option("n"));
        long middleTotal = Long.parseLong(options.getOrDefault("mid", "0"));
        String broker = options.getOrDefault("brokerpid", "0");
        List<String> cores =
            Arrays.stream(options.getOrDefault("hostcpus", "").split(",")).map(core -> "cpu" + core).toList();
        List<Sample> samples = new ArrayList<>();
        double hostBefore = 0;
        double brokerBefore = 0;
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        running.await();
        long streamThread = ProcessFigures.threadNamed("-StreamThread-1");
        for (;;) {
            Sample sample = new Sample(
                System.nanoTime(),
                workloads.read.sum(),
                workloads.middle.sum(),
                ProcessFigures.cpuSeconds("self"),
                ProcessFigures.threadCpuSeconds(streamThread));
            if (samples.isEmpty() && sample.read == 0) {
                Thread.sleep(1);
                continue;
            }
            if (samples.isEmpty()) {
                hostBefore = ProcessFigures.hostBusySeconds(cores);
                brokerBefore = ProcessFigures.cpuSeconds(broker);
            }
            samples.add(sample);
            if (sample.read >= total && sample.middle >= middleTotal) break;
            if (sample.nanos > deadline)
                throw new IllegalStateException("Not done in time: " + sample.read + ", " + sample.middle);
            Thread.sleep(SAMPLE_MS);
        }
        long rssEndKb = ProcessFigures.memoryKb("VmRSS");
        streams.close();
        long endNanos = System.nanoTime();
        double cpu = ProcessFigures.cpuSeconds("self") - samples.get(0).cpu;
        double brokerCpu = ProcessFigures.cpuSeconds(broker) - brokerBefore;
        double hostCpu = ProcessFigures.hostBusySeconds(cores) - hostBefore;
        return throughputFields(samples, total, middleTotal, endNanos, cpu)
            + String.format(
                Locale.ROOT,
                ",\"broker_cpu_s\":%.2f,\"foreign_cpu\":%.2f,\"rss_end_mb\":%d",
                brokerCpu,
                (hostCpu - cpu - brokerCpu) / ((endNanos - samples.get(0).nanos) / 1e9),
                rssEndKb / 1024);
    }

    /** The steady rate is that of the second half of the records, without the close. */
    private static String throughputFields(
            List<Sample> samples, long total, long middleTotal, long endNanos, double cpu) {
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        Sample half = last;
        for (Sample sample : samples) {
            if (progress(sample, total, middleTotal) < total / 2.0) continue;
            half = sample;
            break;
        }
        double wholeSeconds = (endNanos - first.nanos) / 1e9;
        double runSeconds = (last.nanos - first.nanos) / 1e9;
        double steadyRecords = progress(last, total, middleTotal) - progress(half, total, middleTotal);
        return String.format(
            Locale.ROOT,
            "\"n\":%d,\"run_s\":%.3f,\"total_s\":%.3f,\"close_s\":%.3f,\"rate_total\":%.0f,\"rate_steady\":%.0f,"
                + "\"app_cpu_s\":%.2f,\"app_cpu_per_m\":%.3f,\"app_cpu_per_m_steady\":%.3f,"
                + "\"thread_cpu_per_m_steady\":%.3f",
            total,
            runSeconds,
            wholeSeconds,
            wholeSeconds - runSeconds,
            total / wholeSeconds,
            steadyRecords / ((last.nanos - half.nanos) / 1e9),
            cpu,
            cpu / total * 1e6,
            (last.cpu - half.cpu) / steadyRecords * 1e6,
            (last.threadCpu - half.threadCpu) / steadyRecords * 1e6);
    }

    /** In input records; behind a repartition topic they count when their last stage has consumed them. */
    private static double progress(Sample sample, long total, long middleTotal) {
        return middleTotal > 0 ? (double) sample.middle * total / middleTotal : sample.read;
    }

    private static void print(String format, Object... values) {
        System.out.println("RESULT " + String.format(Locale.ROOT, format, values));
        System.out.flush();
    }

    private final class RestoreTimes implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition place, String store, long start, long end) {
            restoreStartCpu = ProcessFigures.cpuSeconds("self");
            restoreStartNanos = System.nanoTime();
        }

        @Override
        public void onBatchRestored(TopicPartition place, String store, long end, long count) {}

        @Override
        public void onRestoreEnd(TopicPartition place, String store, long total) {
            restoreEndNanos = System.nanoTime();
            restoreEndCpu = ProcessFigures.cpuSeconds("self");
            restoredRecords += total;
            restored.countDown();
        }
    }
}
