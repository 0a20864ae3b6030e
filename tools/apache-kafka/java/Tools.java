import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs Kafka's command line tools one after the other in one JVM, which spares each of them the start of its own.
 * A line of standard input is a main class and its arguments, separated by tabs. The answer is a line: the exit status,
 * and in base64 what was printed to standard output and to standard error.
 */
public final class Tools {
    /** A tool has ended itself. */
    private static final class Ended extends Error {
        Ended() {
            super(null, null, false, false);
        }
    }

    /** What a tool prints until it ends: some catch {@link Ended} and would tell of it. */
    private static final class Printed extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int value) {
            if (status == null) super.write(value);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (status == null) super.write(bytes, offset, length);
        }
    }

    private static volatile Integer status;

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        Printed output = new Printed();
        Printed errors = new Printed();
        // Once and for all: Scala's console keeps the stream it found.
        System.setOut(new PrintStream(output, true));
        System.setErr(new PrintStream(errors, true));
        Exit.setExitProcedure((code, message) -> end(code));
        Exit.setHaltProcedure((code, message) -> end(code));
        answers.println("RUNNING");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        Base64.Encoder base64 = Base64.getEncoder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.reset();
            errors.reset();
            status = null;
            run(line.split("\t", -1));
            answers.println((status == null ? 0 : status) + "\t" + base64.encodeToString(output.toByteArray())
                + "\t" + base64.encodeToString(errors.toByteArray()));
        }
        System.exit(0);
    }

    private static void end(int code) {
        if (status == null) status = code;
        throw new Ended();
    }

    private static void run(String[] words) throws Exception {
        try {
            Class.forName(words[0]).getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(words, 1, words.length));
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof Ended) return;
            failure.getCause().printStackTrace();
            if (status == null) status = 1;
        }
    }
}
