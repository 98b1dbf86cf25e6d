package io.github.k8sclient.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * Reads one JSON value from bytes in memory. It is a pull reader for code that knows what
 * comes next:
 *
 * <pre class="code">
 * in.beginObject();
 * int field;
 * while ((field = in.nextField(FIELDS)) != JsonReader.END) {
 * 	switch (field) {
 * 		case 0 -> nodeName = in.readString();
 * 		case 1 -> spec = in.readNull() ? null : PodSpec.readJson(in);
 * 		case 2 -> containers = Container.readJsonList(in);
 * 		default -> unknown = in.readUnknown(unknown);
 * 	}
 * }
 * </pre>
 *
 * and for a list of objects, whose elements wait on the reader's stack:
 *
 * <pre class="code">
 * if (!in.beginArray()) {
 * 	return List.of();
 * }
 * int mark = in.mark();
 * while (in.nextElement()) {
 * 	in.push(Container.readJson(in));
 * }
 * return in.popList(mark);
 * </pre>
 *
 * Every byte is checked: syntax, numbers, UTF-8, escapes, nesting. What is wrong gives a
 * {@link DecodingException}, and never another exception; the reader must then not be
 * used before the next {@link #reset}. A member that occurs twice counts as its last
 * occurrence. As in Go, JSON {@code null} stands for an absent value ({@code read}
 * methods return null, lists and maps are empty), an escaped lone surrogate becomes
 * U+FFFD, and member names are case-sensitive.
 * <p>
 * Not thread-safe. One reader can read any number of values, one after the other.
 *
 * @since 0.1.0
 */
public final class JsonReader {

	/**
	 * The end of an object, from {@link #nextField}.
	 */
	public static final int END = -1;

	/**
	 * A member that the given names do not contain, from {@link #nextField}.
	 */
	public static final int UNKNOWN = -2;

	/**
	 * Zero bytes that follow the value, so that words can be read across its end and no
	 * loop needs to look for it: a zero byte is an error everywhere in JSON. An escape
	 * may step over one of them.
	 */
	private static final int PADDING = 16;

	private static final int MAX_RETAINED = 1 << 20;

	private static final int MAX_RETAINED_STACK = 1 << 14;

	private static final int MAX_NUMBER_LENGTH = 1100;

	private static final Subtree<RawJson> RAW = Subtree.of("raw JSON");

	private final DecodingOptions options;

	private final @Nullable Interner interner;

	private final @Nullable SubtreeSharing sharing;

	private final int maxDepth;

	private byte[] bytes = new byte[PADDING];

	private int end;

	private int position;

	private int depth;

	/**
	 * Whether a container has just begun, so that no comma may come.
	 */
	private boolean first;

	private boolean escaped;

	private boolean nonAscii;

	private int nameFrom;

	private int nameTo;

	private boolean nameEscaped;

	private boolean nameNonAscii;

	private @Nullable Object[] stack = new Object[64];

	private int stackSize;

	/**
	 * Makes a reader, to be {@link #reset} before its first use.
	 * @param options how to decode; its interner, if any, is used by this reader
	 */
	public JsonReader(DecodingOptions options) {
		this.options = options;
		this.interner = options.interner();
		this.sharing = (this.interner != null) ? new SubtreeSharing(this.interner.subtrees(), true) : null;
		this.maxDepth = options.maxDepth();
	}

	/**
	 * Makes a reader of one value.
	 * @param source the value's bytes, which are copied
	 * @param options how to decode
	 */
	public JsonReader(byte[] source, DecodingOptions options) {
		this(options);
		reset(source, 0, source.length);
	}

	/**
	 * Turns to another value. The bytes are copied, so that the source may change
	 * afterwards.
	 * @param source array that holds the value
	 * @param offset where the value begins
	 * @param length number of its bytes
	 */
	public void reset(byte[] source, int offset, int length) {
		int needed = Math.addExact(length, PADDING);
		if (this.bytes.length < needed || (this.bytes.length > MAX_RETAINED && needed < MAX_RETAINED)) {
			this.bytes = new byte[Math.max(needed, 1024)];
		}
		System.arraycopy(source, offset, this.bytes, 0, length);
		Arrays.fill(this.bytes, length, needed, (byte) 0);
		this.end = length;
		this.position = 0;
		this.depth = 0;
		this.first = false;
		clearStack();
		if (this.sharing != null) {
			this.sharing.reset();
		}
	}

	private void clearStack() {
		if (this.stack.length > MAX_RETAINED_STACK) {
			this.stack = new Object[64];
		}
		else {
			Arrays.fill(this.stack, 0, this.stackSize, null);
		}
		this.stackSize = 0;
	}

	/**
	 * How this reader decodes.
	 * @return the options
	 */
	public DecodingOptions options() {
		return this.options;
	}

	// Structure

	/**
	 * Enters an object.
	 * @throws DecodingException if something else comes, also if it is null
	 */
	public void beginObject() {
		if (next() != '{') {
			throw expected("an object");
		}
		this.position++;
		enter();
	}

	private void enter() {
		if (++this.depth > this.maxDepth) {
			throw failure("nested deeper than " + this.maxDepth);
		}
		this.first = true;
	}

	/**
	 * Goes to the next member of the object. Its value must then be read or skipped.
	 * @param names the names that are known
	 * @return index of the member's name, {@link #UNKNOWN} if the names do not contain
	 * it, or {@link #END} after the last member, when the object has been left
	 */
	public int nextField(FieldNames names) {
		if (!nextName()) {
			return END;
		}
		return (this.nameEscaped) ? names.indexOf(name())
				: names.indexOf(this.bytes, this.nameFrom, this.nameTo - this.nameFrom);
	}

	/**
	 * Goes to the next member of an object whose names are data. Its value must then be
	 * read or skipped.
	 * @return the name, or null after the last member, when the object has been left
	 */
	public @Nullable String nextKey() {
		return nextName() ? name() : null;
	}

	/**
	 * Name of the member at which {@link #nextField} has arrived.
	 * @return the name
	 */
	public String name() {
		return text(this.nameFrom, this.nameTo, this.nameEscaped, this.nameNonAscii, true);
	}

	private boolean nextName() {
		int next = next();
		if (next == ',' && !this.first) {
			this.position++;
			if (next() != '"') {
				throw expected("a member name");
			}
		}
		else if (next == '}') {
			this.position++;
			this.depth--;
			this.first = false;
			return false;
		}
		else if (next != '"' || !this.first) {
			throw expected(this.first ? "a member name or '}'" : "',' or '}'");
		}
		this.first = false;
		readName();
		return true;
	}

	private void readName() {
		this.nameFrom = ++this.position;
		this.nameTo = scanString();
		this.nameEscaped = this.escaped;
		this.nameNonAscii = this.nonAscii;
		if (this.nameEscaped || this.nameNonAscii) {
			checkText(this.nameFrom, this.nameTo, this.nameEscaped, this.nameNonAscii);
		}
		if (next() != ':') {
			throw expected("':'");
		}
		this.position++;
	}

	/**
	 * Enters an array.
	 * @return true if so, false if null came instead and was read
	 * @throws DecodingException if something else comes
	 */
	public boolean beginArray() {
		if (next() != '[') {
			if (readNull()) {
				return false;
			}
			throw expected("an array");
		}
		this.position++;
		enter();
		return true;
	}

	/**
	 * Goes to the next element of the array, which must then be read or skipped.
	 * @return true if there is one, false after the last element, when the array has been
	 * left
	 */
	public boolean nextElement() {
		int next = next();
		if (next == ']') {
			this.position++;
			this.depth--;
			this.first = false;
			return false;
		}
		if (this.first) {
			this.first = false;
			return true;
		}
		if (next != ',') {
			throw expected("',' or ']'");
		}
		this.position++;
		return true;
	}

	/**
	 * Reads null if it comes next.
	 * @return true if it was null, false if something else comes, which has not been read
	 */
	public boolean readNull() {
		if (next() != 'n') {
			return false;
		}
		readLiteral("null");
		return true;
	}

	/**
	 * Checks that nothing but white space follows the value.
	 * @throws DecodingException if something does
	 */
	public void expectEnd() {
		next();
		if (this.position < this.end) {
			throw expected("the end");
		}
	}

	/**
	 * Whether an object comes next.
	 * @return true for an object
	 */
	public boolean isObject() {
		return next() == '{';
	}

	/**
	 * Whether an array comes next.
	 * @return true for an array
	 */
	public boolean isArray() {
		return next() == '[';
	}

	/**
	 * Whether a text comes next.
	 * @return true for a text
	 */
	public boolean isString() {
		return next() == '"';
	}

	/**
	 * Whether true or false comes next.
	 * @return true for a boolean
	 */
	public boolean isBoolean() {
		int next = next();
		return next == 't' || next == 'f';
	}

	private int next() {
		int next = this.bytes[this.position];
		return (next > ' ' || next < 0) ? next : nextAfterSpace();
	}

	private int nextAfterSpace() {
		while (true) {
			int next = this.bytes[this.position];
			if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
				return next;
			}
			this.position++;
		}
	}

	private void readLiteral(String literal) {
		for (int index = 0; index < literal.length(); index++) {
			if (this.bytes[this.position + index] != literal.charAt(index)) {
				throw expected("a value");
			}
		}
		this.position += literal.length();
	}

	// Lists and maps under construction

	/**
	 * Remembers where the stack of finished elements ends.
	 * @return the mark for {@link #popList} or {@link #popMap}
	 */
	public int mark() {
		return this.stackSize;
	}

	/**
	 * Puts an element, or a key or value of a map, on the stack.
	 * @param element the element, not null
	 */
	public void push(Object element) {
		if (this.stackSize == this.stack.length) {
			this.stack = Arrays.copyOf(this.stack, this.stackSize * 2);
		}
		this.stack[this.stackSize++] = element;
	}

	/**
	 * Takes the elements above a mark from the stack.
	 * @param <T> type of the elements
	 * @param mark the mark
	 * @return an immutable list of them
	 */
	public <T> List<T> popList(int mark) {
		List<T> list = Immutables.listOf(this.stack, mark, this.stackSize);
		pop(mark);
		return list;
	}

	/**
	 * Takes the keys and values above a mark from the stack, where they alternate.
	 * @param <V> type of the values
	 * @param mark the mark
	 * @return an immutable map of them in their order; of equal keys the last counts
	 */
	public <V> Map<String, V> popMap(int mark) {
		Map<String, V> map = Immutables.mapOf(this.stack, mark, this.stackSize);
		pop(mark);
		return map;
	}

	private void pop(int mark) {
		Arrays.fill(this.stack, mark, this.stackSize, null);
		this.stackSize = mark;
	}

	// Sharing of equal subtrees

	/**
	 * Reads the value that comes next without decoding it, if an equal one was seen at
	 * this place before. Otherwise it must be read and given to {@link #share}:
	 *
	 * <pre class="code">
	 * env = in.shared(ENV);
	 * if (env == null) {
	 * 	env = in.share(ENV, EnvVar.readJsonList(in));
	 * }
	 * </pre>
	 * @param <T> type of the value
	 * @param place the place
	 * @return the value, or null if it is not known
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T shared(Subtree<T> place) {
		if (this.sharing == null) {
			return null;
		}
		int next = next();
		if (!this.sharing.begin(place, next == '{' || next == '[')) {
			return null;
		}
		SubtreeTable.Entry entry = sharedEntry(this.sharing, place);
		if (entry == null) {
			return null;
		}
		this.position += entry.size();
		return (T) entry.value;
	}

	private SubtreeTable.@Nullable Entry sharedEntry(SubtreeSharing sharing, Subtree<?> place) {
		int from = this.position;
		SubtreeTable.Entry entry = sharing.expected(place, this.bytes, from, this.end);
		if (entry != null) {
			return entry;
		}
		int to = new JsonBoundary().scan(this.bytes, from, Math.min(this.end, from + SubtreeTable.MAX_SIZE));
		if (to < 0) {
			sharing.open(from);
			return null;
		}
		return sharing.find(place, this.bytes, from, to);
	}

	/**
	 * Remembers the value that was read since {@link #shared} returned null.
	 * @param <T> type of the value
	 * @param place the place
	 * @param value the value
	 * @return the value
	 */
	public <T> T share(Subtree<T> place, T value) {
		if (this.sharing != null) {
			this.sharing.close(place, this.bytes, this.position, value);
		}
		return value;
	}

	// Scalars

	/**
	 * Reads a text that may occur often.
	 * @return the text, null for JSON null
	 */
	public @Nullable String readString() {
		return readText(true);
	}

	/**
	 * Reads a text that is different in every object, so that there is no use in looking
	 * for an equal one.
	 * @return the text, null for JSON null
	 */
	public @Nullable String readUniqueString() {
		return readText(false);
	}

	private @Nullable String readText(boolean repeats) {
		if (next() != '"') {
			if (readNull()) {
				return null;
			}
			throw expected("a string");
		}
		int from = ++this.position;
		int to = scanString();
		return text(from, to, this.escaped, this.nonAscii, repeats);
	}

	private String text(int from, int to, boolean escaped, boolean nonAscii, boolean repeats) {
		if (nonAscii) {
			checkUtf8(from, to);
		}
		if (escaped) {
			return unescape(from, to);
		}
		if (nonAscii) {
			return new String(this.bytes, from, to - from, StandardCharsets.UTF_8);
		}
		if (repeats && this.interner != null) {
			return this.interner.text(this.bytes, from, to);
		}
		return (from == to) ? "" : new String(this.bytes, from, to - from, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads a 32 bit number. A fraction or exponent is an error, even if it is zero.
	 * @return the number, null for JSON null
	 */
	public @Nullable Integer readInteger() {
		if (readNull()) {
			return null;
		}
		int value = intValue();
		return (this.interner != null) ? this.interner.integer(value) : Integer.valueOf(value);
	}

	private int intValue() {
		int from = this.position;
		long value = longValue();
		if ((int) value != value) {
			this.position = from;
			throw failure("number does not fit 32 bits");
		}
		return (int) value;
	}

	/**
	 * Reads a 64 bit number. A fraction or exponent is an error, even if it is zero.
	 * @return the number, null for JSON null
	 */
	public @Nullable Long readLong() {
		if (readNull()) {
			return null;
		}
		long value = longValue();
		return (this.interner != null) ? this.interner.number(value) : Long.valueOf(value);
	}

	private long longValue() {
		int index = this.position;
		boolean negative = this.bytes[index] == '-';
		if (negative) {
			index++;
		}
		int from = index;
		long value = 0;
		int digit;
		while ((digit = this.bytes[index] - '0') >= 0 && digit <= 9) {
			// counted downwards, as negative numbers reach one further
			if (value < -922337203685477580L || (value == -922337203685477580L && digit > (negative ? 8 : 7))) {
				throw failure("number does not fit 64 bits");
			}
			value = value * 10 - digit;
			index++;
		}
		boolean leadingZero = this.bytes[from] == '0' && index > from + 1;
		int next = this.bytes[index];
		if (index == from || leadingZero || next == '.' || next == 'e' || next == 'E') {
			throw expected("an integer");
		}
		this.position = index;
		return negative ? value : -value;
	}

	/**
	 * Reads a number as a double.
	 * @return the number, null for JSON null
	 * @throws DecodingException if it is too large for a double
	 */
	public @Nullable Double readDouble() {
		if (readNull()) {
			return null;
		}
		int from = this.position;
		double value = Double.parseDouble(numberText());
		if (Double.isInfinite(value)) {
			this.position = from;
			throw failure("number does not fit a double");
		}
		return value;
	}

	/**
	 * Reads a number of any size and precision.
	 * @return a Long; a BigInteger if it is an integer of more than 64 bits; a BigDecimal
	 * if it has a fraction or an exponent; null for JSON null
	 */
	public @Nullable Number readNumber() {
		if (readNull()) {
			return null;
		}
		int from = this.position;
		String text = numberText();
		if (text.length() < 19 && isInteger(text)) {
			long value = Long.parseLong(text);
			return (this.interner != null) ? this.interner.number(value) : Long.valueOf(value);
		}
		try {
			return isInteger(text) ? integer(new BigInteger(text)) : new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			this.position = from;
			throw failure("number with too large an exponent");
		}
	}

	private static boolean isInteger(String number) {
		return number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
	}

	private static Number integer(BigInteger value) {
		return (value.bitLength() < Long.SIZE) ? (Number) value.longValue() : value;
	}

	private String numberText() {
		int from = this.position;
		skipNumber();
		if (this.position - from > MAX_NUMBER_LENGTH) {
			this.position = from;
			throw failure("number of more than " + MAX_NUMBER_LENGTH + " digits");
		}
		return new String(this.bytes, from, this.position - from, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads true or false.
	 * @return the value, null for JSON null
	 */
	public @Nullable Boolean readBoolean() {
		int next = next();
		if (next == 't') {
			readLiteral("true");
			return Boolean.TRUE;
		}
		if (next == 'f') {
			readLiteral("false");
			return Boolean.FALSE;
		}
		if (readNull()) {
			return null;
		}
		throw expected("true or false");
	}

	/**
	 * Reads bytes from Base64 text.
	 * @return the bytes, null for JSON null
	 */
	public @Nullable Bytes readBytes() {
		int from = this.position;
		String text = readText(false);
		if (text == null) {
			return null;
		}
		try {
			if (text.length() % 4 == 0) {
				return Bytes.ofBase64(text);
			}
		}
		catch (IllegalArgumentException ex) {
			// its message would quote the text, which may be a secret
		}
		this.position = from;
		throw failure("invalid Base64");
	}

	/**
	 * Reads a time in RFC 3339's form, with or without a fraction of a second, which is
	 * {@code meta/v1.Time} and {@code MicroTime}.
	 * @return the time, null for JSON null
	 */
	public @Nullable Instant readTime() {
		if (next() != '"') {
			if (readNull()) {
				return null;
			}
			throw expected("a time");
		}
		int from = this.position++;
		int to = scanString();
		Rfc3339 time = new Rfc3339(this.bytes, from + 1, to);
		if (!time.isValid()) {
			this.position = from;
			throw expected("a time such as 2006-01-02T15:04:05Z");
		}
		return (this.interner != null) ? this.interner.instant(time.second(), time.nano())
				: Instant.ofEpochSecond(time.second(), time.nano());
	}

	/**
	 * Reads a duration in Go's form ({@code 1h30m}), which is {@code meta/v1.Duration}.
	 * @return the duration, null for JSON null
	 */
	public @Nullable Duration readDuration() {
		int from = this.position;
		String text = readText(true);
		if (text == null) {
			return null;
		}
		try {
			return GoDuration.parse(text);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			this.position = from;
			throw failure("not a duration such as 1h30m", ex);
		}
	}

	/**
	 * Reads a quantity, which is a text or a number.
	 * @return the quantity, null for JSON null
	 */
	public @Nullable Quantity readQuantity() {
		int next = next();
		int from = this.position;
		String text = (next == '"' || next == 'n') ? readText(true) : numberText();
		if (text == null) {
			return null;
		}
		try {
			String trimmed = text.strip();
			return (this.interner != null) ? this.interner.quantity(trimmed) : Quantity.parse(trimmed);
		}
		catch (IllegalArgumentException ex) {
			this.position = from;
			throw failure("not a quantity", ex);
		}
	}

	/**
	 * Reads a 32 bit number or a text.
	 * @return the value, null for JSON null
	 */
	public @Nullable IntOrString readIntOrString() {
		int next = next();
		if (next == '"' || next == 'n') {
			String text = readText(true);
			if (text == null) {
				return null;
			}
			return (this.interner != null) ? this.interner.intOrString(text) : IntOrString.of(text);
		}
		int number = intValue();
		return (this.interner != null) ? this.interner.intOrString(number) : IntOrString.of(number);
	}

	/**
	 * Reads any value and keeps its bytes.
	 * @return the value, null for JSON null
	 */
	public @Nullable RawJson readRaw() {
		if (readNull()) {
			return null;
		}
		RawJson known = shared(RAW);
		if (known != null) {
			return known;
		}
		int from = this.position;
		skipValue();
		return share(RAW, RawJson.copyOf(this.bytes, from, this.position));
	}

	/**
	 * Reads any value and copies its bytes, for another decoder.
	 * @return the bytes without white space around them
	 */
	public byte[] readEncoded() {
		next();
		int from = this.position;
		skipValue();
		return Arrays.copyOfRange(this.bytes, from, this.position);
	}

	/**
	 * Reads the value of an unknown member and keeps it with its name.
	 * @param unknown the object's other unknown members, null if there are none yet
	 * @return the object's unknown members
	 */
	public UnknownFields readUnknown(@Nullable UnknownFields unknown) {
		UnknownFields fields = (unknown != null) ? unknown : new UnknownFields(true);
		String name = name();
		next();
		int from = this.position;
		skipValue();
		fields.addMember(name, RawJson.copyOf(this.bytes, from, this.position));
		return fields;
	}

	/**
	 * Reads {@code apiVersion} or {@code kind} of an object whose type is known. It may
	 * be absent or empty, as in the items of a list.
	 * @param expected what it should be
	 * @throws DecodingException if it is something else
	 */
	public void readExpected(String expected) {
		next();
		int from = this.position;
		String actual = readString();
		if (actual != null && !actual.isEmpty() && !actual.equals(expected)) {
			this.position = from;
			throw failure("expected '" + expected + "' but found '" + actual + "'");
		}
	}

	// Lists and maps of scalars

	/**
	 * Reads an array of texts.
	 * @return an immutable list, empty for JSON null; an element that is null is empty
	 */
	public List<String> readStrings() {
		if (!beginArray()) {
			return List.of();
		}
		int mark = mark();
		while (nextElement()) {
			String element = readString();
			push((element != null) ? element : "");
		}
		return popList(mark);
	}

	/**
	 * Reads an array of 32 bit numbers.
	 * @return an immutable list, empty for JSON null; an element that is null is 0
	 */
	public List<Integer> readIntegers() {
		return readList(JsonReader::readInteger, 0);
	}

	/**
	 * Reads an array of 64 bit numbers.
	 * @return an immutable list, empty for JSON null; an element that is null is 0
	 */
	public List<Long> readLongs() {
		return readList(JsonReader::readLong, 0L);
	}

	/**
	 * Reads an array of booleans.
	 * @return an immutable list, empty for JSON null; an element that is null is false
	 */
	public List<Boolean> readBooleans() {
		return readList(JsonReader::readBoolean, Boolean.FALSE);
	}

	/**
	 * Reads an array of quantities.
	 * @return an immutable list, empty for JSON null; an element that is null is zero
	 */
	public List<Quantity> readQuantities() {
		return readList(JsonReader::readQuantity, Quantity.ZERO);
	}

	/**
	 * Reads an array of any values and keeps their bytes.
	 * @return an immutable list, empty for JSON null; an element that is null is the text
	 * {@code null}
	 */
	public List<RawJson> readRaws() {
		return readList(JsonReader::readRaw, RawJson.NULL);
	}

	private <T> List<T> readList(Function<JsonReader, @Nullable T> read, T ifNull) {
		if (!beginArray()) {
			return List.of();
		}
		int mark = mark();
		while (nextElement()) {
			T element = read.apply(this);
			push((element != null) ? element : ifNull);
		}
		return popList(mark);
	}

	/**
	 * Enters an object that is a map.
	 * @return true if so, false if null came instead and was read
	 * @throws DecodingException if something else comes
	 */
	public boolean beginMap() {
		if (readNull()) {
			return false;
		}
		beginObject();
		return true;
	}

	/**
	 * Reads an object whose values are texts.
	 * @return an immutable map, empty for JSON null; a value that is null is empty
	 */
	public Map<String, String> readStringMap() {
		if (!beginMap()) {
			return Map.of();
		}
		int mark = mark();
		for (String key = nextKey(); key != null; key = nextKey()) {
			push(key);
			String value = readString();
			push((value != null) ? value : "");
		}
		return popMap(mark);
	}

	/**
	 * Reads an object whose values are bytes.
	 * @return an immutable map, empty for JSON null; a value that is null has no bytes
	 */
	public Map<String, Bytes> readBytesMap() {
		return readMap(JsonReader::readBytes, Bytes.EMPTY);
	}

	/**
	 * Reads an object whose values are quantities.
	 * @return an immutable map, empty for JSON null; a value that is null is zero
	 */
	public Map<String, Quantity> readQuantityMap() {
		return readMap(JsonReader::readQuantity, Quantity.ZERO);
	}

	/**
	 * Reads an object whose values are times.
	 * @return an immutable map, empty for JSON null; an entry whose value is null is left
	 * out
	 */
	public Map<String, Instant> readTimeMap() {
		return readMap(JsonReader::readTime, null);
	}

	/**
	 * Reads an object whose values are arrays of texts.
	 * @return an immutable map, empty for JSON null
	 */
	public Map<String, List<String>> readStringsMap() {
		return readMap(JsonReader::readStrings, List.of());
	}

	/**
	 * Reads an object of any values and keeps their bytes.
	 * @return an immutable map, empty for JSON null; a value that is null is the text
	 * {@code null}
	 */
	public Map<String, RawJson> readRawMap() {
		return readMap(JsonReader::readRaw, RawJson.NULL);
	}

	private <V> Map<String, V> readMap(Function<JsonReader, @Nullable V> read, @Nullable V ifNull) {
		if (!beginMap()) {
			return Map.of();
		}
		int mark = mark();
		for (String key = nextKey(); key != null; key = nextKey()) {
			V present = read.apply(this);
			V value = (present != null) ? present : ifNull;
			if (value != null) {
				push(key);
				push(value);
			}
		}
		return popMap(mark);
	}

	// Skipping

	/**
	 * Reads the value that comes next, of any type, and drops it. It is checked like
	 * every other.
	 */
	public void skipValue() {
		int next = next();
		if (next == '{' || next == '[') {
			skipContainer();
		}
		else {
			skipScalar(next);
		}
	}

	private void skipContainer() {
		int outer = this.depth;
		// one bit for each level: whether it is an object
		long[] objects = new long[1];
		do {
			boolean entered = false;
			int next = next();
			if (next == '{' || next == '[') {
				this.position++;
				enter();
				objects = push(objects, this.depth - outer, next == '{');
				entered = true;
			}
			else {
				skipScalar(next);
			}
			skipToValue(objects, outer, entered);
		}
		while (this.depth > outer);
		this.first = false;
	}

	private void skipToValue(long[] objects, int outer, boolean entered) {
		boolean first = entered;
		while (this.depth > outer) {
			int level = this.depth - outer;
			boolean object = (objects[level >> 6] & 1L << level) != 0;
			int next = next();
			if (next == (object ? '}' : ']')) {
				this.position++;
				this.depth--;
				first = false;
				continue;
			}
			if (!first) {
				if (next != ',') {
					throw expected(object ? "',' or '}'" : "',' or ']'");
				}
				this.position++;
			}
			if (object) {
				skipName();
			}
			return;
		}
	}

	private void skipName() {
		if (next() != '"') {
			throw expected("a member name");
		}
		skipString();
		if (next() != ':') {
			throw expected("':'");
		}
		this.position++;
	}

	private static long[] push(long[] objects, int level, boolean object) {
		long[] grown = ((level >> 6) < objects.length) ? objects : Arrays.copyOf(objects, objects.length * 2);
		if (object) {
			grown[level >> 6] |= 1L << level;
		}
		else {
			grown[level >> 6] &= ~(1L << level);
		}
		return grown;
	}

	private void skipScalar(int next) {
		switch (next) {
			case '"' -> skipString();
			case 't' -> readLiteral("true");
			case 'f' -> readLiteral("false");
			case 'n' -> readLiteral("null");
			default -> skipNumber();
		}
	}

	private void skipString() {
		int from = ++this.position;
		int to = scanString();
		if (this.escaped || this.nonAscii) {
			checkText(from, to, this.escaped, this.nonAscii);
		}
	}

	private void skipNumber() {
		int index = this.position;
		if (this.bytes[index] == '-') {
			index++;
		}
		if (this.bytes[index] == '0') {
			index++;
		}
		else {
			index = skipDigits(index);
		}
		if (this.bytes[index] == '.') {
			index = skipDigits(index + 1);
		}
		if (this.bytes[index] == 'e' || this.bytes[index] == 'E') {
			int next = this.bytes[++index];
			index = skipDigits((next == '+' || next == '-') ? index + 1 : index);
		}
		this.position = index;
	}

	private int skipDigits(int from) {
		int index = from;
		while (this.bytes[index] >= '0' && this.bytes[index] <= '9') {
			index++;
		}
		if (index == from) {
			this.position = Math.min(index, this.end);
			throw expected("a value");
		}
		return index;
	}

	// Strings

	/**
	 * Goes from the first byte of a string to the byte after its closing quote, and notes
	 * whether it has escapes or bytes that are not ASCII, which are not checked yet.
	 * @return index of the closing quote
	 */
	private int scanString() {
		byte[] bytes = this.bytes;
		int index = this.position;
		long seen = 0;
		boolean escaped = false;
		while (true) {
			long word = Bits.word(bytes, index);
			long stops = Bits.stringStops(word);
			if (stops == 0) {
				seen |= word;
				index += 8;
				continue;
			}
			int bits = Long.numberOfTrailingZeros(stops) & ~7;
			seen |= word & ((1L << bits) - 1);
			index += bits >>> 3;
			byte stop = bytes[index];
			if (stop == '"') {
				this.escaped = escaped;
				this.nonAscii = (seen & Bits.HIGH) != 0;
				this.position = index + 1;
				return index;
			}
			if (stop != '\\') {
				this.position = Math.min(index, this.end);
				throw failure((index >= this.end) ? "unexpected end" : "control character in a string");
			}
			escaped = true;
			index += 2;
		}
	}

	private void checkText(int from, int to, boolean escaped, boolean nonAscii) {
		if (nonAscii) {
			checkUtf8(from, to);
		}
		if (escaped) {
			unescape(from, to, null);
		}
	}

	private void checkUtf8(int from, int to) {
		int invalid = Utf8.firstInvalid(this.bytes, from, to);
		if (invalid >= 0) {
			this.position = invalid;
			throw failure("invalid UTF-8");
		}
	}

	private String unescape(int from, int to) {
		byte[] target = new byte[to - from];
		int length = unescape(from, to, target);
		return new String(target, 0, length, StandardCharsets.UTF_8);
	}

	/**
	 * Replaces escapes. No escape is shorter than what it stands for.
	 * @param target what takes the bytes, null if they are only to be checked
	 * @return number of bytes without escapes
	 */
	private int unescape(int from, int to, byte @Nullable [] target) {
		int length = 0;
		int index = from;
		while (index < to) {
			byte next = this.bytes[index++];
			if (next != '\\') {
				if (target != null) {
					target[length] = next;
				}
				length++;
				continue;
			}
			int codePoint = this.bytes[index++];
			if (codePoint == 'u') {
				codePoint = hexadecimal(index, to);
				index += 4;
				if (Character.isSurrogate((char) codePoint)) {
					int low = (this.bytes[index] == '\\' && this.bytes[index + 1] == 'u') ? hexadecimal(index + 2, to)
							: 0;
					boolean pair = Character.isSurrogatePair((char) codePoint, (char) low);
					index += pair ? 6 : 0;
					codePoint = pair ? Character.toCodePoint((char) codePoint, (char) low) : 0xfffd;
				}
			}
			else {
				codePoint = escaped(codePoint, index);
			}
			if (target != null) {
				length = Utf8.put(target, length, codePoint);
			}
		}
		return length;
	}

	private int escaped(int character, int index) {
		switch (character) {
			case '"', '\\', '/':
				return character;
			case 'b':
				return '\b';
			case 'f':
				return '\f';
			case 'n':
				return '\n';
			case 'r':
				return '\r';
			case 't':
				return '\t';
			default:
				this.position = index - 1;
				throw failure("invalid escape");
		}
	}

	private int hexadecimal(int from, int to) {
		int value = 0;
		for (int index = from; index < from + 4; index++) {
			int digit = (index < to) ? Character.digit(this.bytes[index], 16) : -1;
			if (digit < 0) {
				this.position = Math.min(index, to);
				throw failure("invalid escape");
			}
			value = value << 4 | digit;
		}
		return value;
	}

	// Failures

	/**
	 * Makes an exception that names the current position.
	 * @param reason what is wrong; it must not quote the document
	 * @return the exception, to be thrown
	 */
	public DecodingException failure(String reason) {
		return failure(reason, null);
	}

	private DecodingException failure(String reason, @Nullable Throwable cause) {
		int offset = Math.min(this.position, this.end);
		return new DecodingException(reason, null, JsonPath.of(this.bytes, offset), offset, cause);
	}

	private DecodingException expected(String what) {
		if (this.position >= this.end) {
			return failure("unexpected end, expected " + what);
		}
		return failure("expected " + what + " but found " + kind(this.bytes[this.position]));
	}

	private static String kind(int first) {
		return switch (first) {
			case '{' -> "an object";
			case '[' -> "an array";
			case '"' -> "a string";
			case 't', 'f' -> "a boolean";
			case 'n' -> "null";
			case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
			case ',', ':', '}', ']' -> "'" + (char) first + "'";
			default -> "byte " + (first & 0xff);
		};
	}

}
