package io.github.k8sclient.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
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
 * Writes JSON into memory, byte for byte as Go's {@code encoding/json} writes it for the
 * API server and kubectl: no white space, maps sorted by the UTF-8 bytes of their keys,
 * {@code <}, {@code >}, {@code &}, U+2028 and U+2029 escaped (so that the text can stand
 * in a web page), other characters above ASCII as they are, a lone surrogate as
 * {@code \ufffd}.
 *
 * <pre class="code">
 * out.beginObject();
 * if (nodeName != null) {
 * 	out.field(FIELDS, 0).writeString(nodeName);
 * }
 * out.writeUnknown(unknown);
 * out.endObject();
 * </pre>
 *
 * Commas and colons come by themselves. The writer does not check that calls make sense
 * together. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonWriter {

	private static final String REDACTED = "(redacted)";

	private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

	/**
	 * ASCII characters that stand for themselves in a string.
	 */
	private static final boolean[] PLAIN = new boolean[128];

	static {
		Arrays.fill(PLAIN, ' ', 128, true);
		for (char escaped : new char[] { '"', '\\', '<', '>', '&' }) {
			PLAIN[escaped] = false;
		}
	}

	private byte[] bytes = new byte[1024];

	private int size;

	/**
	 * Whether a value has just ended, so that a comma must precede the next.
	 */
	private boolean comma;

	private boolean lossy;

	/**
	 * Whether credentials are left out.
	 */
	private boolean redacting;

	/**
	 * Whether only what was set is written.
	 */
	private boolean applying;

	private @Nullable JsonReader checker;

	/**
	 * Makes an empty writer.
	 */
	public JsonWriter() {
	}

	/**
	 * Makes an empty writer for text that people read, such as logs: it leaves out values
	 * that are credentials.
	 * @return a new writer
	 */
	public static JsonWriter redacting() {
		JsonWriter writer = new JsonWriter();
		writer.redacting = true;
		return writer;
	}

	/**
	 * Makes an empty writer for what a field manager applies: it leaves out required
	 * lists and maps that are empty, which an object that was made in part has.
	 * @return a new writer
	 */
	public static JsonWriter applying() {
		JsonWriter writer = new JsonWriter();
		writer.applying = true;
		return writer;
	}

	/**
	 * Whether what is written is what a field manager applies.
	 * @return true for a writer made by {@link #applying()}
	 */
	public boolean isApplying() {
		return this.applying;
	}

	/**
	 * Forgets what was written, to write another value.
	 */
	public void reset() {
		this.size = 0;
		this.comma = false;
		this.lossy = false;
	}

	/**
	 * What was written.
	 * @return a copy of the bytes
	 */
	public byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	/**
	 * What was written, as text.
	 * @return the JSON text
	 */
	@Override
	public String toString() {
		return new String(this.bytes, 0, this.size, StandardCharsets.UTF_8);
	}

	/**
	 * Whether something had no JSON form and is missing: unknown protobuf fields, or raw
	 * bytes that are not JSON. The object should then be sent as protobuf.
	 * @return true if something is missing
	 */
	public boolean lossy() {
		return this.lossy;
	}

	private void ensure(int more) {
		if (more > this.bytes.length - this.size) {
			int needed = Math.addExact(this.size, more);
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, (int) Math.min(this.size * 2L, 1 << 30)));
		}
	}

	private void separate(int more) {
		ensure(more + 1);
		if (this.comma) {
			this.bytes[this.size++] = ',';
		}
		this.comma = true;
	}

	// Structure

	/**
	 * Opens an object.
	 */
	public void beginObject() {
		separate(1);
		this.bytes[this.size++] = '{';
		this.comma = false;
	}

	/**
	 * Closes an object.
	 */
	public void endObject() {
		ensure(1);
		this.bytes[this.size++] = '}';
		this.comma = true;
	}

	/**
	 * Opens an array.
	 */
	public void beginArray() {
		separate(1);
		this.bytes[this.size++] = '[';
		this.comma = false;
	}

	/**
	 * Closes an array.
	 */
	public void endArray() {
		ensure(1);
		this.bytes[this.size++] = ']';
		this.comma = true;
	}

	/**
	 * Writes the name of a member.
	 * @param names the object's names
	 * @param index index of the name
	 * @return this writer, for the value
	 */
	public JsonWriter field(FieldNames names, int index) {
		byte[] name = names.encoded(index);
		separate(name.length);
		System.arraycopy(name, 0, this.bytes, this.size, name.length);
		this.size += name.length;
		this.comma = false;
		return this;
	}

	/**
	 * Writes the name of a member that is data.
	 * @param name the name, not null
	 * @return this writer, for the value
	 */
	public JsonWriter key(String name) {
		writeString(name);
		ensure(1);
		this.bytes[this.size++] = ':';
		this.comma = false;
		return this;
	}

	/**
	 * Writes unknown members behind the known ones.
	 * @param unknown the members; null or protobuf fields write nothing, the latter make
	 * the result {@link #lossy()}
	 */
	public void writeUnknown(@Nullable UnknownFields unknown) {
		if (unknown == null) {
			return;
		}
		this.lossy |= unknown.hasFields();
		unknown.members().forEach((name, value) -> key(name).writeRaw(value));
	}

	// Scalars

	/**
	 * Writes null.
	 */
	public void writeNull() {
		append(NULL);
	}

	/**
	 * Writes a text.
	 * @param value the text, not null
	 */
	public void writeString(String value) {
		int length = value.length();
		separate(length + 2);
		this.bytes[this.size++] = '"';
		int index = copyPlain(value);
		if (index < length) {
			escape(value, index);
		}
		ensure(1);
		this.bytes[this.size++] = '"';
	}

	/**
	 * Copies characters that stand for themselves, as long as they do.
	 * @return index of the first one that does not
	 */
	private int copyPlain(String value) {
		byte[] bytes = this.bytes;
		int size = this.size;
		int length = value.length();
		int index = 0;
		for (; index < length; index++) {
			char character = value.charAt(index);
			if (character >= 128 || !PLAIN[character]) {
				break;
			}
			bytes[size + index] = (byte) character;
		}
		this.size = size + index;
		return index;
	}

	private void escape(String value, int from) {
		int length = value.length();
		for (int index = from; index < length; index++) {
			ensure(6);
			char character = value.charAt(index);
			if (character < 128) {
				escapeAscii(character);
			}
			else if (Character.isHighSurrogate(character) && index + 1 < length
					&& Character.isLowSurrogate(value.charAt(index + 1))) {
				this.size = Utf8.put(this.bytes, this.size, Character.toCodePoint(character, value.charAt(++index)));
			}
			else if (Character.isSurrogate(character)) {
				unicode('\ufffd');
			}
			else if (character == '\u2028' || character == '\u2029') {
				unicode(character);
			}
			else {
				this.size = Utf8.put(this.bytes, this.size, character);
			}
		}
	}

	private void escapeAscii(char character) {
		if (PLAIN[character]) {
			this.bytes[this.size++] = (byte) character;
			return;
		}
		char letter = switch (character) {
			case '"', '\\' -> character;
			case '\b' -> 'b';
			case '\f' -> 'f';
			case '\n' -> 'n';
			case '\r' -> 'r';
			case '\t' -> 't';
			default -> 0;
		};
		if (letter == 0) {
			unicode(character);
			return;
		}
		this.bytes[this.size++] = '\\';
		this.bytes[this.size++] = (byte) letter;
	}

	private void unicode(char character) {
		this.bytes[this.size++] = '\\';
		this.bytes[this.size++] = 'u';
		for (int shift = 12; shift >= 0; shift -= 4) {
			this.bytes[this.size++] = HEX[character >> shift & 15];
		}
	}

	/**
	 * Writes a 32 bit number.
	 * @param value the number
	 */
	public void writeInteger(int value) {
		writeLong(value);
	}

	/**
	 * Writes a 64 bit number.
	 * @param value the number
	 */
	public void writeLong(long value) {
		separate(20);
		long rest = value;
		if (rest < 0) {
			this.bytes[this.size++] = '-';
		}
		else {
			rest = -rest;
		}
		int digits = 1;
		for (long power = rest / 10; power != 0; power /= 10) {
			digits++;
		}
		for (int index = this.size + digits - 1; index >= this.size; index--) {
			this.bytes[index] = (byte) ('0' - rest % 10);
			rest /= 10;
		}
		this.size += digits;
	}

	/**
	 * Writes a double with as few digits as identify it, in the form that Go chooses.
	 * @param value the number
	 * @throws IllegalArgumentException if it is infinite or not a number
	 */
	public void writeDouble(double value) {
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			throw new IllegalArgumentException("JSON has no form for " + value);
		}
		append(goDouble(value).getBytes(StandardCharsets.US_ASCII));
	}

	private static String goDouble(double value) {
		if (value == 0) {
			return (1 / value < 0) ? "-0" : "0";
		}
		BigDecimal shortest = shortest(value).stripTrailingZeros();
		int exponent = shortest.precision() - shortest.scale() - 1;
		if (exponent >= -7 && Math.abs(value) >= 1e-6 && Math.abs(value) < 1e21) {
			return shortest.toPlainString();
		}
		String digits = shortest.unscaledValue().abs().toString();
		String sign = (value < 0) ? "-" : "";
		String mantissa = digits.charAt(0) + ((digits.length() > 1) ? "." + digits.substring(1) : "");
		return sign + mantissa + 'e' + ((exponent < 0) ? "" : "+") + exponent;
	}

	/**
	 * {@code Double.toString} gives more digits than needed before JDK 19.
	 */
	private static BigDecimal shortest(double value) {
		BigDecimal exact = new BigDecimal(value);
		for (int precision = 1; precision < 17; precision++) {
			BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
			if (rounded.doubleValue() == value) {
				return rounded;
			}
		}
		return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
	}

	/**
	 * Writes a number of any size and precision, with all of its digits.
	 * @param value a Long, BigInteger or BigDecimal, not null
	 */
	public void writeNumber(Number value) {
		append(value.toString().getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Writes true or false.
	 * @param value the value
	 */
	public void writeBoolean(boolean value) {
		append(value ? TRUE : FALSE);
	}

	/**
	 * Writes bytes as Base64 text.
	 * @param value the bytes, not null
	 */
	public void writeBytes(Bytes value) {
		writeString(value.toBase64());
	}

	/**
	 * Writes a time in UTC with whole seconds, as {@code meta/v1.Time}. A fraction is
	 * dropped.
	 * @param value the time, not null
	 * @throws IllegalArgumentException if its year is not between 0 and 9999
	 */
	public void writeTime(Instant value) {
		beginTime(value);
		endTime();
	}

	/**
	 * Writes a time in UTC with microseconds, as {@code meta/v1.MicroTime}. A finer
	 * fraction is dropped.
	 * @param value the time, not null
	 * @throws IllegalArgumentException if its year is not between 0 and 9999
	 */
	public void writeMicroTime(Instant value) {
		beginTime(value);
		this.bytes[this.size] = '.';
		int micros = value.getNano() / 1000;
		for (int index = this.size + 6; index > this.size; index--) {
			this.bytes[index] = (byte) ('0' + micros % 10);
			micros /= 10;
		}
		this.size += 7;
		endTime();
	}

	private void beginTime(Instant value) {
		long second = value.getEpochSecond();
		if (second < Rfc3339.MIN_SECOND || second > Rfc3339.MAX_SECOND) {
			throw new IllegalArgumentException("RFC 3339 has no form for " + value);
		}
		separate(32);
		this.bytes[this.size++] = '"';
		Rfc3339.put(this.bytes, this.size, second);
		this.size += 19;
	}

	private void endTime() {
		this.bytes[this.size++] = 'Z';
		this.bytes[this.size++] = '"';
	}

	/**
	 * Writes a duration in Go's form.
	 * @param value the duration, not null
	 * @throws ArithmeticException if it has more than 64 bits of nanoseconds
	 */
	public void writeDuration(Duration value) {
		writeString(GoDuration.format(value));
	}

	/**
	 * Writes a quantity.
	 * @param value the quantity, not null
	 */
	public void writeQuantity(Quantity value) {
		writeString(value.toString());
	}

	/**
	 * Writes a number or a text.
	 * @param value the value, not null
	 */
	public void writeIntOrString(IntOrString value) {
		if (value.isInt()) {
			writeInteger(value.intValue());
		}
		else {
			writeString(value.toString());
		}
	}

	/**
	 * Writes a value as it is. If it is not JSON, null is written, and the result is
	 * {@link #lossy()}.
	 * @param value the value, not null
	 */
	public void writeRaw(RawJson value) {
		byte[] json = value.toByteArray();
		if (isJson(json)) {
			append(json);
		}
		else {
			this.lossy = true;
			writeNull();
		}
	}

	/**
	 * Writes a value that another encoder has made.
	 * @param json the value, not null; its syntax is not checked
	 */
	public void writeEncoded(byte[] json) {
		append(json);
	}

	private boolean isJson(byte[] json) {
		if (this.checker == null) {
			this.checker = new JsonReader(DecodingOptions.defaults());
		}
		try {
			this.checker.reset(json, 0, json.length);
			this.checker.skipValue();
			this.checker.expectEnd();
			return true;
		}
		catch (DecodingException ex) {
			return false;
		}
	}

	private void append(byte[] value) {
		separate(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
	}

	// Lists and maps of scalars

	/**
	 * Writes an array of texts.
	 * @param values the texts, not null
	 */
	public void writeStrings(List<String> values) {
		beginArray();
		for (String value : values) {
			writeString(value);
		}
		endArray();
	}

	/**
	 * Writes an array of 32 bit numbers.
	 * @param values the numbers, not null
	 */
	public void writeIntegers(List<Integer> values) {
		beginArray();
		for (Integer value : values) {
			writeLong(value);
		}
		endArray();
	}

	/**
	 * Writes an array of 64 bit numbers.
	 * @param values the numbers, not null
	 */
	public void writeLongs(List<Long> values) {
		beginArray();
		for (Long value : values) {
			writeLong(value);
		}
		endArray();
	}

	/**
	 * Writes an array of booleans.
	 * @param values the booleans, not null
	 */
	public void writeBooleans(List<Boolean> values) {
		beginArray();
		for (Boolean value : values) {
			writeBoolean(value);
		}
		endArray();
	}

	/**
	 * Writes an array of quantities.
	 * @param values the quantities, not null
	 */
	public void writeQuantities(List<Quantity> values) {
		beginArray();
		for (Quantity value : values) {
			writeQuantity(value);
		}
		endArray();
	}

	/**
	 * Writes an array of any values.
	 * @param values the values, not null
	 */
	public void writeRaws(List<RawJson> values) {
		beginArray();
		for (RawJson value : values) {
			writeRaw(value);
		}
		endArray();
	}

	/**
	 * The entries of a map in the order in which they are written, for maps of objects.
	 * @param <V> type of the values
	 * @param map the map, not null
	 * @return its entries, sorted by the UTF-8 bytes of their keys
	 */
	public static <V> Iterable<Map.Entry<String, V>> sorted(Map<String, V> map) {
		return SortedEntries.of(map);
	}

	/**
	 * Writes an object whose values are texts.
	 * @param map the map, not null
	 */
	public void writeStringMap(Map<String, String> map) {
		beginObject();
		for (Map.Entry<String, String> entry : sorted(map)) {
			key(entry.getKey()).writeString(entry.getValue());
		}
		endObject();
	}

	/**
	 * Writes an object whose values are bytes.
	 * @param map the map, not null
	 */
	public void writeBytesMap(Map<String, Bytes> map) {
		beginObject();
		for (Map.Entry<String, Bytes> entry : sorted(map)) {
			key(entry.getKey()).writeBytes(entry.getValue());
		}
		endObject();
	}

	/**
	 * Writes an object whose values are quantities.
	 * @param map the map, not null
	 */
	public void writeQuantityMap(Map<String, Quantity> map) {
		beginObject();
		for (Map.Entry<String, Quantity> entry : sorted(map)) {
			key(entry.getKey()).writeQuantity(entry.getValue());
		}
		endObject();
	}

	/**
	 * Writes an object whose values are times with whole seconds.
	 * @param map the map, not null
	 */
	public void writeTimeMap(Map<String, Instant> map) {
		beginObject();
		for (Map.Entry<String, Instant> entry : sorted(map)) {
			key(entry.getKey()).writeTime(entry.getValue());
		}
		endObject();
	}

	/**
	 * Writes an object whose values are arrays of texts.
	 * @param map the map, not null
	 */
	public void writeStringsMap(Map<String, List<String>> map) {
		beginObject();
		for (Map.Entry<String, List<String>> entry : sorted(map)) {
			key(entry.getKey()).writeStrings(entry.getValue());
		}
		endObject();
	}

	/**
	 * Writes an object of any values.
	 * @param map the map, not null
	 */
	public void writeRawMap(Map<String, RawJson> map) {
		beginObject();
		for (Map.Entry<String, RawJson> entry : sorted(map)) {
			key(entry.getKey()).writeRaw(entry.getValue());
		}
		endObject();
	}

	// Credentials

	/**
	 * Writes a text that is a credential.
	 * @param value the text, not null
	 */
	public void writeSensitiveString(String value) {
		writeString(this.redacting ? REDACTED : value);
	}

	/**
	 * Writes a map of texts that are credentials.
	 * @param map the map, not null
	 */
	public void writeSensitiveStringMap(Map<String, String> map) {
		if (this.redacting) {
			writeRedacted(map);
		}
		else {
			writeStringMap(map);
		}
	}

	/**
	 * Writes a map of bytes that are credentials.
	 * @param map the map, not null
	 */
	public void writeSensitiveBytesMap(Map<String, Bytes> map) {
		if (this.redacting) {
			writeRedacted(map);
		}
		else {
			writeBytesMap(map);
		}
	}

	/**
	 * Writes the annotations of an object. What {@code kubectl apply} leaves in them is a
	 * copy of the object, which can be a secret.
	 * @param map the annotations, not null
	 */
	public void writeAnnotations(Map<String, String> map) {
		if (!this.redacting || !map.containsKey(LAST_APPLIED)) {
			writeStringMap(map);
			return;
		}
		Map<String, String> redacted = new HashMap<>(map);
		redacted.put(LAST_APPLIED, REDACTED);
		writeStringMap(redacted);
	}

	private void writeRedacted(Map<String, ?> map) {
		beginObject();
		for (Map.Entry<String, ?> entry : sorted(map)) {
			key(entry.getKey()).writeString(REDACTED);
		}
		endObject();
	}

}
