package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * Writes protobuf messages into memory, <b>from the end to the beginning</b>: the length
 * of a nested message is then known when it is written. Give it the unknown fields first,
 * then the known fields in descending order, and the elements of a list from the last to
 * the first; the bytes come out in ascending order, as Go writes them.
 *
 * <pre class="code">
 * out.writeUnknown(unknown);
 * for (int index = containers.size() - 1; index &gt;= 0; index--) {
 * 	int end = out.beginMessage();
 * 	containers.get(index).writeProtobuf(out);
 * 	out.endMessage(3, end);
 * }
 * if (nodeName != null) {
 * 	out.writeString(1, nodeName);
 * }
 * </pre>
 *
 * The methods for whole lists and maps do the turning round themselves. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ProtobufWriter {

	private byte[] bytes = new byte[1024];

	/**
	 * Index of the first byte written.
	 */
	private int position = this.bytes.length;

	private boolean lossy;

	/**
	 * Makes an empty writer.
	 */
	public ProtobufWriter() {
	}

	/**
	 * Forgets what was written, to write another message.
	 */
	public void reset() {
		this.position = this.bytes.length;
		this.lossy = false;
	}

	/**
	 * What was written.
	 * @return a copy of the bytes
	 */
	public byte[] toByteArray() {
		return Arrays.copyOfRange(this.bytes, this.position, this.bytes.length);
	}

	/**
	 * Copies what was written into an array.
	 * @param target the array, with {@link #size()} bytes of room
	 * @param position where the first byte goes
	 */
	public void copyTo(byte[] target, int position) {
		System.arraycopy(this.bytes, this.position, target, position, size());
	}

	/**
	 * Number of bytes written.
	 * @return the size
	 */
	public int size() {
		return this.bytes.length - this.position;
	}

	/**
	 * Whether something had no protobuf form and is missing: unknown JSON members. The
	 * object should then be sent as JSON.
	 * @return true if something is missing
	 */
	public boolean lossy() {
		return this.lossy;
	}

	private int reserve(int count) {
		if (count > this.position) {
			int size = size();
			int capacity = Math.max(Math.addExact(size, count), (int) Math.min(this.bytes.length * 2L, 1 << 30));
			byte[] grown = new byte[capacity];
			System.arraycopy(this.bytes, this.position, grown, capacity - size, size);
			this.bytes = grown;
			this.position = capacity - size;
		}
		this.position -= count;
		return this.position;
	}

	private void writeVarint(long value) {
		int index = reserve(Varint.size(value));
		Varint.put(this.bytes, index, value);
	}

	private void writeTag(int number, int wireType) {
		writeVarint((long) number << 3 | wireType);
	}

	/**
	 * Notes where a nested message ends, before its fields are written.
	 * @return the end, for {@link #endMessage}
	 */
	public int beginMessage() {
		return size();
	}

	/**
	 * Writes length and number of a nested message whose fields have been written.
	 * @param number number of the field that holds the message
	 * @param end what {@link #beginMessage()} returned
	 */
	public void endMessage(int number, int end) {
		writeVarint(size() - end);
		writeTag(number, ProtobufReader.LENGTH_DELIMITED);
	}

	/**
	 * Writes unknown fields. They stand behind the known ones, so write them first.
	 * @param unknown the fields; null or JSON members write nothing, the latter make the
	 * result {@link #lossy()}
	 */
	public void writeUnknown(@Nullable UnknownFields unknown) {
		if (unknown == null) {
			return;
		}
		this.lossy |= !unknown.members().isEmpty();
		int index = reserve(unknown.fieldsSize());
		unknown.copyFields(this.bytes, index);
	}

	// Scalars

	/**
	 * Writes a text.
	 * @param number number of the field
	 * @param value the text, not null; a lone surrogate becomes a question mark
	 */
	public void writeString(int number, String value) {
		byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
		int index = reserve(utf8.length);
		System.arraycopy(utf8, 0, this.bytes, index, utf8.length);
		writeVarint(utf8.length);
		writeTag(number, ProtobufReader.LENGTH_DELIMITED);
	}

	/**
	 * Writes a 32 bit number.
	 * @param number number of the field
	 * @param value the value
	 */
	public void writeInteger(int number, int value) {
		writeLong(number, value);
	}

	/**
	 * Writes a 64 bit number.
	 * @param number number of the field
	 * @param value the value
	 */
	public void writeLong(int number, long value) {
		writeVarint(value);
		writeTag(number, ProtobufReader.VARINT);
	}

	/**
	 * Writes a boolean.
	 * @param number number of the field
	 * @param value the value
	 */
	public void writeBoolean(int number, boolean value) {
		writeLong(number, value ? 1 : 0);
	}

	/**
	 * Writes a double.
	 * @param number number of the field
	 * @param value the value
	 */
	public void writeDouble(int number, double value) {
		int index = reserve(8);
		Bits.putWord(this.bytes, index, Double.doubleToRawLongBits(value));
		writeTag(number, ProtobufReader.FIXED64);
	}

	/**
	 * Writes bytes.
	 * @param number number of the field
	 * @param value the bytes, not null
	 */
	public void writeBytes(int number, Bytes value) {
		int index = reserve(value.size());
		value.copyTo(this.bytes, index);
		writeVarint(value.size());
		writeTag(number, ProtobufReader.LENGTH_DELIMITED);
	}

	/**
	 * Writes a {@code meta/v1.Time}, which has whole seconds. A fraction is dropped.
	 * @param number number of the field
	 * @param value the time; null writes Go's zero time, an empty message
	 */
	public void writeTime(int number, @Nullable Instant value) {
		writeTimestamp(number, value, 0);
	}

	/**
	 * Writes a {@code meta/v1.MicroTime}, which has whole microseconds. A finer fraction
	 * is dropped.
	 * @param number number of the field
	 * @param value the time; null writes Go's zero time, an empty message
	 */
	public void writeMicroTime(int number, @Nullable Instant value) {
		writeTimestamp(number, value, (value != null) ? value.getNano() / 1000 * 1000 : 0);
	}

	private void writeTimestamp(int number, @Nullable Instant value, int nanos) {
		int end = beginMessage();
		if (value != null) {
			writeInteger(2, nanos);
			writeLong(1, value.getEpochSecond());
		}
		endMessage(number, end);
	}

	/**
	 * Writes a {@code meta/v1.Duration}.
	 * @param number number of the field
	 * @param value the duration, not null
	 * @throws ArithmeticException if it has more than 64 bits of nanoseconds
	 */
	public void writeDuration(int number, Duration value) {
		int end = beginMessage();
		writeLong(1, value.toNanos());
		endMessage(number, end);
	}

	/**
	 * Writes a {@code resource.Quantity}.
	 * @param number number of the field
	 * @param value the quantity, not null
	 */
	public void writeQuantity(int number, Quantity value) {
		int end = beginMessage();
		writeString(1, value.toString());
		endMessage(number, end);
	}

	/**
	 * Writes an {@code intstr.IntOrString}.
	 * @param number number of the field
	 * @param value the value, not null
	 */
	public void writeIntOrString(int number, IntOrString value) {
		int end = beginMessage();
		writeString(3, value.isInt() ? "" : value.toString());
		writeInteger(2, value.isInt() ? value.intValue() : 0);
		writeInteger(1, value.isInt() ? 0 : 1);
		endMessage(number, end);
	}

	/**
	 * Writes raw bytes as field 1 of a message: {@code FieldsV1}, {@code RawExtension}
	 * and {@code JSON}.
	 * @param number number of the field
	 * @param value the bytes; null writes an empty message
	 */
	public void writeRaw(int number, @Nullable RawJson value) {
		int end = beginMessage();
		if (value != null) {
			int index = reserve(value.size());
			value.copyTo(this.bytes, index);
			writeVarint(value.size());
			writeTag(1, ProtobufReader.LENGTH_DELIMITED);
		}
		endMessage(number, end);
	}

	/**
	 * Writes texts as field 1 of a message, such as the values of {@code UserInfo.extra}.
	 * @param number number of the field that holds the message
	 * @param values the texts, not null
	 */
	public void writeStringsMessage(int number, List<String> values) {
		int end = beginMessage();
		writeStrings(1, values);
		endMessage(number, end);
	}

	// Lists and maps

	/**
	 * Writes a repeated {@code string} field.
	 * @param number number of the field
	 * @param values the texts, not null
	 */
	public void writeStrings(int number, List<String> values) {
		for (int index = values.size() - 1; index >= 0; index--) {
			writeString(number, values.get(index));
		}
	}

	/**
	 * Writes a repeated {@code int32} field, not packed.
	 * @param number number of the field
	 * @param values the numbers, not null
	 */
	public void writeIntegers(int number, List<Integer> values) {
		for (int index = values.size() - 1; index >= 0; index--) {
			writeLong(number, values.get(index));
		}
	}

	/**
	 * Writes a repeated {@code int64} field, not packed.
	 * @param number number of the field
	 * @param values the numbers, not null
	 */
	public void writeLongs(int number, List<Long> values) {
		for (int index = values.size() - 1; index >= 0; index--) {
			writeLong(number, values.get(index));
		}
	}

	/**
	 * Writes a repeated {@code bool} field, not packed.
	 * @param number number of the field
	 * @param values the booleans, not null
	 */
	public void writeBooleans(int number, List<Boolean> values) {
		for (int index = values.size() - 1; index >= 0; index--) {
			writeBoolean(number, values.get(index));
		}
	}

	/**
	 * Writes a repeated {@code Quantity} field.
	 * @param number number of the field
	 * @param values the quantities, not null
	 */
	public void writeQuantities(int number, List<Quantity> values) {
		for (int index = values.size() - 1; index >= 0; index--) {
			writeQuantity(number, values.get(index));
		}
	}

	/**
	 * Writes a repeated field of messages with raw bytes.
	 * @param number number of the field
	 * @param values the raw bytes, not null
	 */
	public void writeRaws(int number, List<RawJson> values) {
		for (int index = values.size() - 1; index >= 0; index--) {
			writeRaw(number, values.get(index));
		}
	}

	/**
	 * The entries of a map in the order in which they must be given to this writer, for
	 * maps of messages: key is field 1 and value field 2 of a message for each entry, the
	 * value first.
	 * @param <V> type of the values
	 * @param map the map, not null
	 * @return its entries, in descending order of the UTF-8 bytes of their keys
	 */
	public static <V> List<Map.Entry<String, V>> descending(Map<String, V> map) {
		return SortedEntries.descending(map);
	}

	/**
	 * Writes a map of texts.
	 * @param number number of the field
	 * @param map the map, not null
	 */
	public void writeStringMap(int number, Map<String, String> map) {
		for (Map.Entry<String, String> entry : descending(map)) {
			int end = beginMessage();
			writeString(2, entry.getValue());
			writeString(1, entry.getKey());
			endMessage(number, end);
		}
	}

	/**
	 * Writes a map of bytes.
	 * @param number number of the field
	 * @param map the map, not null
	 */
	public void writeBytesMap(int number, Map<String, Bytes> map) {
		for (Map.Entry<String, Bytes> entry : descending(map)) {
			int end = beginMessage();
			writeBytes(2, entry.getValue());
			writeString(1, entry.getKey());
			endMessage(number, end);
		}
	}

	/**
	 * Writes a map of quantities.
	 * @param number number of the field
	 * @param map the map, not null
	 */
	public void writeQuantityMap(int number, Map<String, Quantity> map) {
		for (Map.Entry<String, Quantity> entry : descending(map)) {
			int end = beginMessage();
			writeQuantity(2, entry.getValue());
			writeString(1, entry.getKey());
			endMessage(number, end);
		}
	}

	/**
	 * Writes a map of times.
	 * @param number number of the field
	 * @param map the map, not null
	 */
	public void writeTimeMap(int number, Map<String, Instant> map) {
		for (Map.Entry<String, Instant> entry : descending(map)) {
			int end = beginMessage();
			writeTime(2, entry.getValue());
			writeString(1, entry.getKey());
			endMessage(number, end);
		}
	}

	/**
	 * Writes a map of lists of texts.
	 * @param number number of the field
	 * @param map the map, not null
	 */
	public void writeStringsMap(int number, Map<String, List<String>> map) {
		for (Map.Entry<String, List<String>> entry : descending(map)) {
			int end = beginMessage();
			writeStringsMessage(2, entry.getValue());
			writeString(1, entry.getKey());
			endMessage(number, end);
		}
	}

	/**
	 * Writes a map of raw values.
	 * @param number number of the field
	 * @param map the map, not null
	 */
	public void writeRawMap(int number, Map<String, RawJson> map) {
		for (Map.Entry<String, RawJson> entry : descending(map)) {
			int end = beginMessage();
			writeRaw(2, entry.getValue());
			writeString(1, entry.getKey());
			endMessage(number, end);
		}
	}

}
