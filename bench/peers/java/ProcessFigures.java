import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system says of processes and cores, from /proc; see `bench/process-figures.ts`. */
final class ProcessFigures {
    private static final double TICKS_PER_SECOND = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessFigures() {}

    /** User and system CPU of a process so far; 0 where there is none. */
    static double cpuSeconds(String process) {
        Path path = Path.of("/proc", process, "stat");
        if (!Files.exists(path)) return 0;
        String text = lines(path).get(0);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The thread of this process whose name ends so. */
    static long threadNamed(String ending) {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().endsWith(ending)) return thread.getThreadId();
        }
        throw new IllegalStateException("There is no thread *" + ending);
    }

    static double threadCpuSeconds(long thread) {
        return THREADS.getThreadCpuTime(thread) / 1e9;
    }

    /** Busy seconds of the named cores, whoever used them. */
    static double hostBusySeconds(List<String> cores) {
        long ticks = 0;
        for (String line : lines(Path.of("/proc/stat"))) {
            String[] fields = line.trim().split(" +");
            if (!cores.contains(fields[0])) continue;
            for (int index : new int[] {1, 2, 3, 6, 7, 8}) ticks += Long.parseLong(fields[index]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Resident memory in KiB: `VmRSS` now, `VmHWM` at its peak. */
    static long memoryKb(String field) {
        for (String line : lines(Path.of("/proc/self/status"))) {
            if (line.startsWith(field + ":")) return Long.parseLong(line.replaceAll("\\D", ""));
        }
        return 0;
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
