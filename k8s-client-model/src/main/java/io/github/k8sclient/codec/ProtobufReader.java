package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * Reads one protobuf message from bytes in memory. A message type reads its fields until
 * {@link #nextField()} says that there are no more:
 *
 * <pre class="code">
 * Elements containers = null;
 * int field;
 * while ((field = in.nextField()) != 0) {
 * 	switch (field) {
 * 		case 1 -> nodeName = in.readString();
 * 		case 2 -> {
 * 			in.beginMessage();
 * 			status = PodStatus.readProtobuf(in);
 * 		}
 * 		case 3 -> {
 * 			containers = in.elements(containers);
 * 			in.beginMessage();
 * 			containers.add(Container.readProtobuf(in));
 * 		}
 * 		case 4 -> labels = in.readStringEntry(labels);
 * 		default -> unknown = in.readUnknown(unknown);
 * 	}
 * }
 * return new Pod(nodeName, status, in.toList(containers), in.toMap(labels), unknown);
 * </pre>
 *
 * {@link #beginMessage()} enters a nested message, and the {@link #nextField()} that
 * returns 0 leaves it. Every length and every varint is checked, texts must be UTF-8, and
 * each {@code read} method checks that the field has the wire type it needs; repeated
 * numbers may be packed. What is wrong gives a {@link DecodingException}, and never
 * another exception; the reader must then not be used before the next {@link #reset}. Of
 * a field that should occur once, the last occurrence counts.
 * <p>
 * Not thread-safe. One reader can read any number of messages, one after the other.
 *
 * @since 0.1.0
 */
public final class ProtobufReader {

	static final int VARINT = 0;

	static final int FIXED64 = 1;

	static final int LENGTH_DELIMITED = 2;

	static final int START_GROUP = 3;

	static final int END_GROUP = 4;

	static final int FIXED32 = 5;

	private static final String TRUNCATED = "unexpected end";

	private static final Subtree<RawJson> RAW = Subtree.of("raw JSON in protobuf");

	private final DecodingOptions options;

	private final @Nullable Interner interner;

	private final @Nullable SubtreeSharing sharing;

	private final int maxDepth;

	private byte[] bytes = {};

	private int start;

	private int position;

	/**
	 * End of the message that is being read.
	 */
	private int limit;

	/**
	 * Number and wire type of the field that is being read.
	 */
	private int tag;

	/**
	 * For each open nested message its start, and limit and tag of the one around it.
	 */
	private int[] messages = new int[48];

	private int depth;

	private Elements[] spareElements = new Elements[16];

	private int spares;

	/**
	 * Makes a reader, to be {@link #reset} before its first use.
	 * @param options how to decode; its interner, if any, is used by this reader
	 */
	public ProtobufReader(DecodingOptions options) {
		this.options = options;
		this.interner = options.interner();
		this.sharing = (this.interner != null) ? new SubtreeSharing(this.interner.subtrees(), false) : null;
		this.maxDepth = options.maxDepth();
	}

	/**
	 * Makes a reader of one message.
	 * @param source the message, which must not change while it is read
	 * @param options how to decode
	 */
	public ProtobufReader(byte[] source, DecodingOptions options) {
		this(options);
		reset(source, 0, source.length);
	}

	/**
	 * Turns to another message.
	 * @param source array that holds the message, which must not change while it is read
	 * @param offset where the message begins
	 * @param length number of its bytes
	 */
	public void reset(byte[] source, int offset, int length) {
		this.bytes = source;
		this.start = offset;
		this.position = offset;
		this.limit = offset + length;
		this.tag = 0;
		this.depth = 0;
		if (this.sharing != null) {
			this.sharing.reset();
		}
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
	 * Goes to the next field of the message. Its value must then be read or skipped.
	 * @return the field's number, or 0 after the last field, when the message has been
	 * left
	 */
	public int nextField() {
		if (this.position < this.limit) {
			this.tag = 0;
			this.tag = readTag();
			return this.tag >>> 3;
		}
		if (this.depth > 0) {
			this.depth--;
			this.limit = this.messages[3 * this.depth + 1];
			this.tag = this.messages[3 * this.depth + 2];
		}
		else {
			this.tag = 0;
		}
		return 0;
	}

	private int readTag() {
		int from = this.position;
		long tag = readVarint();
		if (tag >>> 3 == 0 || tag >>> 32 != 0) {
			this.position = from;
			throw failure("invalid field number");
		}
		return (int) tag;
	}

	/**
	 * Enters the nested message at which {@link #nextField()} has arrived.
	 */
	public void beginMessage() {
		int end = delimited();
		if (this.depth == this.maxDepth) {
			throw failure("nested deeper than " + this.maxDepth);
		}
		if (3 * this.depth == this.messages.length) {
			this.messages = Arrays.copyOf(this.messages, this.messages.length * 2);
		}
		this.messages[3 * this.depth] = this.position;
		this.messages[3 * this.depth + 1] = this.limit;
		this.messages[3 * this.depth + 2] = this.tag;
		this.depth++;
		this.limit = end;
		this.tag = 0;
	}

	/**
	 * Leaves the nested message without reading the rest of it.
	 */
	public void leaveMessage() {
		this.position = this.limit;
		nextField();
	}

	/**
	 * Where the next byte to be read is.
	 * @return its index in the array that is read
	 */
	public int offset() {
		return this.position;
	}

	/**
	 * Where the current message ends.
	 * @return index after its last byte in the array that is read
	 */
	public int limit() {
		return this.limit;
	}

	/**
	 * Reads the length of the current field.
	 * @return index after the field's last byte
	 */
	private int delimited() {
		expect(LENGTH_DELIMITED);
		int from = this.position;
		long length = readVarint();
		if (length < 0 || length > this.limit - this.position) {
			this.position = from;
			throw failure(TRUNCATED);
		}
		return this.position + (int) length;
	}

	private void expect(int wireType) {
		if ((this.tag & 7) != wireType) {
			throw failure("wire type " + (this.tag & 7) + " instead of " + wireType);
		}
	}

	private long readVarint() {
		int index = this.position;
		if (index < this.limit) {
			int first = this.bytes[index];
			if (first >= 0) {
				this.position = index + 1;
				return first;
			}
			// most lengths of messages have two bytes
			if (index + 1 < this.limit && this.bytes[index + 1] >= 0) {
				this.position = index + 2;
				return (first & 0x7f) | this.bytes[index + 1] << 7;
			}
		}
		return readLongVarint(index);
	}

	private long readLongVarint(int from) {
		int to = Math.min(this.limit, from + 10);
		long value = 0;
		int shift = 0;
		for (int index = from; index < to; index++) {
			byte next = this.bytes[index];
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				if (shift == 63 && next > 1) {
					break;
				}
				this.position = index + 1;
				return value;
			}
			shift += 7;
		}
		throw failure((to - from < 10) ? TRUNCATED : "varint of more than 64 bits");
	}

	// Lists and maps under construction

	/**
	 * Gets what collects the values of a repeated field.
	 * @param elements what collected its earlier values, null for the first one
	 * @return the same, or a new and empty one
	 */
	public Elements elements(@Nullable Elements elements) {
		if (elements != null) {
			return elements;
		}
		return (this.spares > 0) ? this.spareElements[--this.spares] : new Elements();
	}

	/**
	 * Makes a list of what was collected.
	 * @param <T> type of the elements
	 * @param elements what collected them, null if there were none; must not be used any
	 * more
	 * @return an immutable list
	 */
	public <T> List<T> toList(@Nullable Elements elements) {
		if (elements == null) {
			return List.of();
		}
		List<T> list = elements.toList();
		release(elements);
		return list;
	}

	/**
	 * Makes a map of what was collected.
	 * @param <V> type of the values
	 * @param elements what collected keys and values, null if there were none; must not
	 * be used any more
	 * @return an immutable map in the order read; of equal keys the last counts
	 */
	public <V> Map<String, V> toMap(@Nullable Elements elements) {
		if (elements == null) {
			return Map.of();
		}
		Map<String, V> map = elements.toMap();
		release(elements);
		return map;
	}

	private void release(Elements elements) {
		elements.clear();
		if (this.spares < this.spareElements.length) {
			this.spareElements[this.spares++] = elements;
		}
	}

	/**
	 * Goes to the next value of the same repeated field, if it follows immediately.
	 * @return true if so, false if something else follows, which has not been touched
	 */
	public boolean nextInRun() {
		int from = this.position;
		if (from < this.limit && readTag() == this.tag) {
			return true;
		}
		this.position = from;
		return false;
	}

	// Sharing of equal subtrees

	/**
	 * Reads the nested message at which {@link #nextField()} has arrived without decoding
	 * it, if an equal one was seen at this place before. Otherwise it must be read and
	 * given to {@link #share}:
	 *
	 * <pre class="code">
	 * resources = in.shared(RESOURCES);
	 * if (resources == null) {
	 * 	in.beginMessage();
	 * 	resources = in.share(RESOURCES, ResourceRequirements.readProtobuf(in));
	 * }
	 * </pre>
	 * @param <T> type of the value
	 * @param place the place
	 * @return the value, or null if it is not known
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T shared(Subtree<T> place) {
		if (this.sharing == null || !this.sharing.begin(place, true)) {
			return null;
		}
		int from = this.position;
		int to = delimited();
		this.position = from;
		return (T) sharedValue(this.sharing, place, from, to);
	}

	private @Nullable Object sharedValue(SubtreeSharing sharing, Subtree<?> place, int from, int to) {
		SubtreeTable.Entry entry = sharing.expected(place, this.bytes, from, to);
		if (entry == null || entry.size() != to - from) {
			entry = sharing.find(place, this.bytes, from, to);
		}
		if (entry == null) {
			return null;
		}
		this.position = to;
		return entry.value;
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

	/**
	 * Reads all values of a repeated field that follow each other, beginning with the one
	 * at which {@link #nextField()} has arrived, if equal ones were seen at this place
	 * before. Otherwise they must be read and given to {@link #shareList} or
	 * {@link #shareMap}:
	 *
	 * <pre class="code">
	 * env = in.elements(env);
	 * if (!in.sharedRun(ENV, env)) {
	 * 	do {
	 * 		in.beginMessage();
	 * 		env.add(EnvVar.readProtobuf(in));
	 * 	}
	 * 	while (in.nextInRun());
	 * 	in.shareList(ENV, env);
	 * }
	 * </pre>
	 * @param place the place
	 * @param elements what collects the values
	 * @return true if they were known, and collected
	 */
	public boolean sharedRun(Subtree<?> place, Elements elements) {
		if (this.sharing == null || !this.sharing.begin(place, true)) {
			return false;
		}
		int from = this.position;
		// a field that goes on after other fields is not worth remembering
		Object known = sharedValue(this.sharing, place, from, elements.isEmpty() ? endOfRun() : from);
		if (known == null) {
			return false;
		}
		elements.hold(known);
		return true;
	}

	private int endOfRun() {
		int from = this.position;
		do {
			this.position = delimited();
		}
		while (nextInRun());
		int to = this.position;
		this.position = from;
		return to;
	}

	/**
	 * Remembers the list whose elements were read since {@link #sharedRun} returned
	 * false.
	 * @param <T> type of the elements
	 * @param place the place
	 * @param elements what collected them
	 */
	public <T> void shareList(Subtree<List<T>> place, Elements elements) {
		if (this.sharing != null) {
			List<T> list = elements.toList();
			elements.hold(share(place, list));
		}
	}

	/**
	 * Remembers the map whose entries were read since {@link #sharedRun} returned false.
	 * @param <V> type of the values
	 * @param place the place
	 * @param elements what collected them
	 */
	public <V> void shareMap(Subtree<Map<String, V>> place, Elements elements) {
		if (this.sharing != null) {
			Map<String, V> map = elements.toMap();
			elements.hold(share(place, map));
		}
	}

	// Scalars

	/**
	 * Reads a text that may occur often.
	 * @return the text
	 */
	public String readString() {
		return readText(true);
	}

	/**
	 * Reads a text that is different in every object, so that there is no use in looking
	 * for an equal one.
	 * @return the text
	 */
	public String readUniqueString() {
		return readText(false);
	}

	private String readText(boolean repeats) {
		int to = delimited();
		int from = this.position;
		if (from == to) {
			return "";
		}
		String known = (repeats && this.interner != null) ? this.interner.knownText(this.bytes, from, to) : null;
		if (known != null) {
			this.position = to;
			return known;
		}
		if (!Bits.isAscii(this.bytes, from, to)) {
			int invalid = Utf8.firstInvalid(this.bytes, from, to);
			if (invalid >= 0) {
				this.position = invalid;
				throw failure("invalid UTF-8");
			}
			this.position = to;
			return new String(this.bytes, from, to - from, StandardCharsets.UTF_8);
		}
		this.position = to;
		if (repeats && this.interner != null) {
			return this.interner.text(this.bytes, from, to);
		}
		return new String(this.bytes, from, to - from, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads a 32 bit number ({@code int32}). As in Go, higher bits are dropped.
	 * @return the number
	 */
	public Integer readInteger() {
		expect(VARINT);
		return boxed((int) readVarint());
	}

	private Integer boxed(int value) {
		return (this.interner != null) ? this.interner.integer(value) : Integer.valueOf(value);
	}

	/**
	 * Reads a 64 bit number ({@code int64}).
	 * @return the number
	 */
	public Long readLong() {
		expect(VARINT);
		return boxed(readVarint());
	}

	private Long boxed(long value) {
		return (this.interner != null) ? this.interner.number(value) : Long.valueOf(value);
	}

	/**
	 * Reads a boolean.
	 * @return the value
	 */
	public Boolean readBoolean() {
		expect(VARINT);
		return readVarint() != 0;
	}

	/**
	 * Reads a {@code double}.
	 * @return the number
	 * @throws DecodingException if it is infinite or not a number, which JSON cannot
	 * express
	 */
	public Double readDouble() {
		expect(FIXED64);
		requireBytes(8);
		double value = Double.longBitsToDouble(Bits.word(this.bytes, this.position));
		if (Double.isNaN(value) || Double.isInfinite(value)) {
			throw failure("not a finite number");
		}
		this.position += 8;
		return value;
	}

	private void requireBytes(int count) {
		if (this.limit - this.position < count) {
			throw failure(TRUNCATED);
		}
	}

	/**
	 * Reads bytes.
	 * @return the bytes
	 */
	public Bytes readBytes() {
		int to = delimited();
		Bytes value = Bytes.copyOf(this.bytes, this.position, to);
		this.position = to;
		return value;
	}

	/**
	 * Reads a {@code meta/v1.Time}. As in Go, it has whole seconds.
	 * @return the time, null if the message is empty, which is Go's zero time
	 */
	public @Nullable Instant readTime() {
		return readTimestamp(1_000_000_000);
	}

	/**
	 * Reads a {@code meta/v1.MicroTime}. As in Go, it has whole microseconds.
	 * @return the time, null if the message is empty, which is Go's zero time
	 */
	public @Nullable Instant readMicroTime() {
		return readTimestamp(1_000);
	}

	private @Nullable Instant readTimestamp(int unit) {
		beginMessage();
		boolean empty = this.position == this.limit;
		int from = this.position;
		long seconds = 0;
		int nanos = 0;
		int field;
		while ((field = nextField()) != 0) {
			switch (field) {
				case 1 -> seconds = readLong();
				case 2 -> nanos = readInteger();
				default -> skipField();
			}
		}
		if (empty) {
			return null;
		}
		if (seconds < Rfc3339.MIN_SECOND || seconds > Rfc3339.MAX_SECOND || nanos < 0 || nanos > 999_999_999) {
			this.position = from;
			throw failure("not a time between the years 0 and 9999");
		}
		nanos -= nanos % unit;
		return (this.interner != null) ? this.interner.instant(seconds, nanos) : Instant.ofEpochSecond(seconds, nanos);
	}

	/**
	 * Reads a {@code meta/v1.Duration}.
	 * @return the duration
	 */
	public Duration readDuration() {
		beginMessage();
		long nanos = 0;
		int field;
		while ((field = nextField()) != 0) {
			if (field == 1) {
				nanos = readLong();
			}
			else {
				skipField();
			}
		}
		return Duration.ofNanos(nanos);
	}

	/**
	 * Reads a {@code resource.Quantity}.
	 * @return the quantity, zero if the message is empty
	 */
	public Quantity readQuantity() {
		beginMessage();
		int from = this.position;
		String text = "0";
		int field;
		while ((field = nextField()) != 0) {
			if (field == 1) {
				text = readString();
			}
			else {
				skipField();
			}
		}
		try {
			return (this.interner != null) ? this.interner.quantity(text) : Quantity.parse(text);
		}
		catch (IllegalArgumentException ex) {
			this.position = from;
			throw failure("not a quantity", ex);
		}
	}

	/**
	 * Reads an {@code intstr.IntOrString}.
	 * @return the number or text
	 */
	public IntOrString readIntOrString() {
		beginMessage();
		long type = 0;
		int number = 0;
		String text = "";
		int field;
		while ((field = nextField()) != 0) {
			switch (field) {
				case 1 -> type = readLong();
				case 2 -> number = readInteger();
				case 3 -> text = readString();
				default -> skipField();
			}
		}
		if (type == 0) {
			return (this.interner != null) ? this.interner.intOrString(number) : IntOrString.of(number);
		}
		return (this.interner != null) ? this.interner.intOrString(text) : IntOrString.of(text);
	}

	/**
	 * Reads a message that holds raw bytes in its field 1: {@code FieldsV1},
	 * {@code RawExtension} and {@code JSON}. What the bytes are is not checked.
	 * @return the bytes, null if there are none
	 */
	public @Nullable RawJson readRaw() {
		RawJson known = shared(RAW);
		if (known != null) {
			return known;
		}
		beginMessage();
		RawJson value = null;
		int field;
		while ((field = nextField()) != 0) {
			if (field == 1) {
				int to = delimited();
				value = (to == this.position) ? null : RawJson.copyOf(this.bytes, this.position, to);
				this.position = to;
			}
			else {
				skipField();
			}
		}
		if (value != null) {
			return share(RAW, value);
		}
		if (this.sharing != null) {
			this.sharing.drop();
		}
		return null;
	}

	/**
	 * Reads a message that holds texts in its field 1, such as the values of
	 * {@code UserInfo.extra}.
	 * @return an immutable list
	 */
	public List<String> readStrings() {
		beginMessage();
		Elements texts = null;
		int field;
		while ((field = nextField()) != 0) {
			if (field == 1) {
				texts = elements(texts);
				texts.add(readString());
			}
			else {
				skipField();
			}
		}
		return toList(texts);
	}

	// Scalars that Go always writes, although it leaves their zero values out in JSON

	/**
	 * Reads a text whose zero value means that it is absent.
	 * @return the text, null if it is empty
	 */
	public @Nullable String readStringOrAbsent() {
		String value = readString();
		return value.isEmpty() ? null : value;
	}

	/**
	 * Reads a text that is different in every object and whose zero value means that it
	 * is absent.
	 * @return the text, null if it is empty
	 */
	public @Nullable String readUniqueStringOrAbsent() {
		String value = readUniqueString();
		return value.isEmpty() ? null : value;
	}

	/**
	 * Reads a 32 bit number whose zero value means that it is absent.
	 * @return the number, null if it is 0
	 */
	public @Nullable Integer readIntegerOrAbsent() {
		Integer value = readInteger();
		return (value != 0) ? value : null;
	}

	/**
	 * Reads a 64 bit number whose zero value means that it is absent.
	 * @return the number, null if it is 0
	 */
	public @Nullable Long readLongOrAbsent() {
		Long value = readLong();
		return (value != 0) ? value : null;
	}

	/**
	 * Reads a boolean whose zero value means that it is absent.
	 * @return true, or null if it is false
	 */
	public @Nullable Boolean readBooleanOrAbsent() {
		return readBoolean() ? Boolean.TRUE : null;
	}

	/**
	 * Reads bytes whose zero value means that they are absent.
	 * @return the bytes, null if there are none
	 */
	public @Nullable Bytes readBytesOrAbsent() {
		Bytes value = readBytes();
		return value.isEmpty() ? null : value;
	}

	// Repeated scalars and entries of maps

	/**
	 * Reads one value, or packed ones, of a repeated {@code int32} field.
	 * @param elements what collected its earlier values, null for the first one
	 * @return what collects them
	 */
	public Elements readIntegers(@Nullable Elements elements) {
		return readNumbers(elements, (value) -> boxed((int) value));
	}

	/**
	 * Reads one value, or packed ones, of a repeated {@code int64} field.
	 * @param elements what collected its earlier values, null for the first one
	 * @return what collects them
	 */
	public Elements readLongs(@Nullable Elements elements) {
		return readNumbers(elements, this::boxed);
	}

	/**
	 * Reads one value, or packed ones, of a repeated {@code bool} field.
	 * @param elements what collected its earlier values, null for the first one
	 * @return what collects them
	 */
	public Elements readBooleans(@Nullable Elements elements) {
		return readNumbers(elements, (value) -> value != 0);
	}

	private Elements readNumbers(@Nullable Elements elements, LongFunction<Object> boxed) {
		Elements target = elements(elements);
		boolean packed = (this.tag & 7) == LENGTH_DELIMITED;
		int end = packed ? delimited() : endOfVarint();
		while (this.position < end) {
			target.add(boxed.apply(readVarint()));
		}
		checkPacked(packed, end);
		return target;
	}

	private int endOfVarint() {
		expect(VARINT);
		return this.position + 1;
	}

	private void checkPacked(boolean packed, int end) {
		if (packed && this.position != end) {
			throw failure(TRUNCATED);
		}
	}

	/**
	 * Reads one entry of a map of texts.
	 * @param entries what collected its earlier entries, null for the first one
	 * @return what collects them
	 */
	public Elements readStringEntry(@Nullable Elements entries) {
		Elements target = elements(entries);
		String key = "";
		String value = "";
		beginMessage();
		int field;
		while ((field = nextField()) != 0) {
			switch (field) {
				case 1 -> key = readString();
				case 2 -> value = readString();
				default -> skipField();
			}
		}
		target.put(key, value);
		return target;
	}

	/**
	 * Reads one entry of a map of bytes.
	 * @param entries what collected its earlier entries, null for the first one
	 * @return what collects them
	 */
	public Elements readBytesEntry(@Nullable Elements entries) {
		return readEntry(entries, ProtobufReader::readBytes, Bytes.EMPTY);
	}

	/**
	 * Reads one entry of a map of quantities.
	 * @param entries what collected its earlier entries, null for the first one
	 * @return what collects them
	 */
	public Elements readQuantityEntry(@Nullable Elements entries) {
		return readEntry(entries, ProtobufReader::readQuantity, Quantity.ZERO);
	}

	/**
	 * Reads one entry of a map of times. It is left out if the time is absent.
	 * @param entries what collected its earlier entries, null for the first one
	 * @return what collects them
	 */
	public Elements readTimeEntry(@Nullable Elements entries) {
		return readEntry(entries, ProtobufReader::readTime, null);
	}

	/**
	 * Reads one entry of a map of lists of texts.
	 * @param entries what collected its earlier entries, null for the first one
	 * @return what collects them
	 */
	public Elements readStringsEntry(@Nullable Elements entries) {
		return readEntry(entries, ProtobufReader::readStrings, List.of());
	}

	/**
	 * Reads one entry of a map of raw values.
	 * @param entries what collected its earlier entries, null for the first one
	 * @return what collects them
	 */
	public Elements readRawEntry(@Nullable Elements entries) {
		return readEntry(entries, ProtobufReader::readRaw, RawJson.NULL);
	}

	private Elements readEntry(@Nullable Elements entries, Function<ProtobufReader, @Nullable Object> read,
			@Nullable Object ifAbsent) {
		Elements target = elements(entries);
		String key = "";
		Object present = null;
		beginMessage();
		int field;
		while ((field = nextField()) != 0) {
			switch (field) {
				case 1 -> key = readString();
				case 2 -> present = read.apply(this);
				default -> skipField();
			}
		}
		Object value = (present != null) ? present : ifAbsent;
		if (value != null) {
			target.put(key, value);
		}
		return target;
	}

	// Skipping

	/**
	 * Drops the value of the field at which {@link #nextField()} has arrived.
	 */
	public void skipField() {
		switch (this.tag & 7) {
			case VARINT -> readVarint();
			case FIXED64 -> skipBytes(8);
			case LENGTH_DELIMITED -> this.position = delimited();
			case START_GROUP -> skipGroup();
			case FIXED32 -> skipBytes(4);
			default -> throw failure("invalid wire type " + (this.tag & 7));
		}
	}

	private void skipBytes(int count) {
		requireBytes(count);
		this.position += count;
	}

	private void skipGroup() {
		int[] numbers = new int[8];
		int open = 0;
		int outermost = this.tag;
		do {
			switch (this.tag & 7) {
				case START_GROUP -> {
					if (this.depth + open == this.maxDepth) {
						throw failure("nested deeper than " + this.maxDepth);
					}
					numbers = (open < numbers.length) ? numbers : Arrays.copyOf(numbers, open * 2);
					numbers[open++] = this.tag >>> 3;
				}
				case END_GROUP -> {
					if (numbers[--open] != this.tag >>> 3) {
						throw failure("end of another group");
					}
				}
				default -> skipField();
			}
			if (open > 0) {
				requireBytes(1);
				this.tag = readTag();
			}
		}
		while (open > 0);
		this.tag = outermost;
	}

	/**
	 * Reads the value of an unknown field and keeps it.
	 * @param unknown the message's other unknown fields, null if there are none yet
	 * @return the message's unknown fields
	 */
	public UnknownFields readUnknown(@Nullable UnknownFields unknown) {
		int tag = this.tag;
		int from = this.position;
		skipField();
		UnknownFields fields = (unknown != null) ? unknown : new UnknownFields(false);
		fields.addField(tag, this.bytes, from, this.position);
		return fields;
	}

	/**
	 * Reads the value of a field that newer types do not have any more, and that the Go
	 * type has as no pointer: older servers write it in every message, zero or not. A
	 * zero value says nothing, another is kept as unknown.
	 * @param unknown the message's unknown fields, null if there are none yet
	 * @return the message's unknown fields, null if there are none
	 */
	public @Nullable UnknownFields readRetired(@Nullable UnknownFields unknown) {
		boolean zero = this.position < this.limit && this.bytes[this.position] == 0
				&& ((this.tag & 7) == VARINT || (this.tag & 7) == LENGTH_DELIMITED);
		if (!zero) {
			return readUnknown(unknown);
		}
		this.position++;
		return unknown;
	}

	// Failures

	/**
	 * Makes an exception that names the current position.
	 * @param reason what is wrong; it must not quote the message
	 * @return the exception, to be thrown
	 */
	public DecodingException failure(String reason) {
		return failure(reason, null);
	}

	private DecodingException failure(String reason, @Nullable Throwable cause) {
		int offset = Math.min(this.position, this.limit) - this.start;
		return new DecodingException(reason, null, path(), offset, cause);
	}

	private String path() {
		StringBuilder path = new StringBuilder();
		int from = this.start;
		for (int level = 0; level < this.depth && path.length() < 512; level++) {
			int nested = this.messages[3 * level];
			ProtobufPath.append(path, this.bytes, from, this.messages[3 * level + 1], nested);
			from = nested;
		}
		if (this.tag != 0) {
			path.append((path.length() == 0) ? "" : ".").append(this.tag >>> 3);
		}
		return path.toString();
	}

}
