import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The values of the workloads, with public fields, as Jackson binds them by default. */
final class Values {
    private Values() {}

    static final class Order {
        public long id;
        public String user;
        public String page;
        public String region;
        public String cur;
        public double amount;
        public int qty;
        public boolean active;
        public long ts;
    }

    static final class OrderTotal {
        public long id;
        public String user;
        public String region;
        public long totalCents;
        public long ts;
    }

    static final class Trade {
        public String type;
        public String ticker;
        public double price;
        public int size;
    }

    static final class Statistics {
        public String ticker;
        public long count;
        public double sum;
        public double min;
        public double max;
        public double avg;
    }

    static final class User {
        public String user;
        public String name;
        public String city;
        public int tier;
        public int score;
    }

    static final class View {
        public long id;
        public String user;
        public String page;
        public double amount;
        public long ts;
    }

    static final class EnrichedView {
        public long id;
        public String user;
        public String name;
        public String city;
        public String page;
        public int tier;
        public double amount;
        public long ts;
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static <T> Serde<T> json(Class<T> type) {
        Serializer<T> serializer = (topic, value) -> {
            try {
                return value == null ? null : MAPPER.writeValueAsBytes(value);
            } catch (JsonProcessingException cause) {
                throw new SerializationException(cause);
            }
        };
        Deserializer<T> deserializer = (topic, bytes) -> {
            try {
                return bytes == null ? null : MAPPER.readValue(bytes, type);
            } catch (IOException cause) {
                throw new SerializationException(cause);
            }
        };
        return Serdes.serdeFrom(serializer, deserializer);
    }
}
