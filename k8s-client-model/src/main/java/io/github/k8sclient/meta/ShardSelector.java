package io.github.k8sclient.meta;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A shard selector: the share of one client where several divide the objects of a
 * resource among them, by ranges of a hash of the uid or of the namespace. What
 * {@code sharding.Selector} is in Go.
 *
 * <pre class="code">
 * ShardSelector.byUid(1, 4)    // shardRange(object.metadata.uid, '0x4000000000000000', '0x8000000000000000')
 * </pre>
 *
 * The hash is FNV-1a of 64 bits. API servers know shards from 1.36 on, where the feature
 * gate {@code ShardedListAndWatch} is on; all others <em>ignore</em> the selector, so
 * that a list has all objects, and deleting a collection deletes them all. A list that
 * was made for a shard says so in {@link ListMeta#shardInfo()}, a watch does not.
 * Immutable; equal if the ranges are the same, in whatever order.
 *
 * @since 0.1.0
 */
public final class ShardSelector {

	private static final Pattern TERM = Pattern.compile("shardRange\\s*\\(([^,()]*),([^,()]*),([^,()]*)\\)");

	private static final Pattern TEXT = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

	private static final Pattern BOUND = Pattern.compile("0x([0-9a-f]{16}|10{16})");

	private static final BigInteger END = BigInteger.ONE.shiftLeft(64);

	private final Field field;

	private final List<Range> ranges;

	private ShardSelector(Field field, List<Range> ranges) {
		this.field = field;
		this.ranges = ranges;
	}

	/**
	 * Return one of several shards of about the same size, by the uids of the objects.
	 * @param index which one, from zero
	 * @param count how many there are
	 * @return the shard
	 */
	public static ShardSelector byUid(int index, int count) {
		return of(Field.UID, index, count);
	}

	/**
	 * Return one of several shards by the namespaces of the objects, so that those of one
	 * namespace are in one shard. What has no namespace is all in one, and so are most
	 * namespaces whose names begin alike: the hash does not part what differs in its last
	 * letters only.
	 * @param index which one, from zero
	 * @param count how many there are
	 * @return the shard
	 */
	public static ShardSelector byNamespace(int index, int count) {
		return of(Field.NAMESPACE, index, count);
	}

	private static ShardSelector of(Field field, int index, int count) {
		if (index < 0 || index >= count) {
			throw new IllegalArgumentException("There is no shard " + index + " of " + count);
		}
		return new ShardSelector(field, List.of(Range.of(bound(index, count), bound(index + 1, count))));
	}

	private static BigInteger bound(int index, int count) {
		return END.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count));
	}

	/**
	 * Read a selector in the syntax of the API: ranges of the form
	 * {@code shardRange(object.metadata.uid, '0x0000000000000000', '0x8000000000000000')},
	 * the lower bound included and the upper one not, joined by {@code ||}. The field may
	 * be {@code object.metadata.namespace} as well, and is the same for all ranges.
	 * @param selector the selector
	 * @return the shard
	 * @throws InvalidSelectorException if the server would refuse the selector
	 */
	public static ShardSelector parse(String selector) {
		Objects.requireNonNull(selector, "'selector' must not be null");
		try {
			ShardSelector shard = null;
			for (String term : selector.split("\\|\\|", -1)) {
				ShardSelector parsed = parseTerm(term.strip());
				shard = (shard != null) ? shard.or(parsed) : parsed;
			}
			return Objects.requireNonNull(shard);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSelectorException("shard", selector, String.valueOf(ex.getMessage()));
		}
	}

	private static ShardSelector parseTerm(String term) {
		Matcher matcher = TERM.matcher(term);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("expected shardRange(field, 'start', 'end') but got \"" + term + "\"");
		}
		BigInteger start = parseBound(matcher.group(2).strip());
		BigInteger end = parseBound(matcher.group(3).strip());
		if (start.compareTo(end) >= 0) {
			throw new IllegalArgumentException("shard range start must be less than end in \"" + term + "\"");
		}
		return new ShardSelector(Field.of(matcher.group(1).strip()), List.of(Range.of(start, end)));
	}

	private static BigInteger parseBound(String literal) {
		Matcher text = TEXT.matcher(literal);
		Matcher bound = BOUND.matcher(text.matches() ? literal.substring(1, literal.length() - 1) : "");
		if (!bound.matches()) {
			throw new IllegalArgumentException("expected 0x and 16 lowercase hex digits between quotes but got "
					+ literal + "; the greatest bound is '0x10000000000000000'");
		}
		return new BigInteger(bound.group(1), 16);
	}

	/**
	 * Take in the ranges of another shard.
	 * @param other the other shard, by the same field
	 * @return a selector for both
	 * @throws IllegalArgumentException if the other shard is by another field
	 */
	public ShardSelector or(ShardSelector other) {
		if (other.field != this.field) {
			throw new IllegalArgumentException(
					"all shard ranges must use the same field, got \"" + this.field + "\" and \"" + other.field + "\"");
		}
		List<Range> both = new ArrayList<>(this.ranges);
		both.addAll(other.ranges);
		both.sort(Range.ORDER);
		return new ShardSelector(this.field, List.copyOf(both));
	}

	/**
	 * Return whether an object belongs to the shard. The answer is the same for all
	 * states of an object: neither its uid nor its namespace ever changes.
	 * @param metadata the metadata of the object
	 * @return {@code true} if it does
	 */
	public boolean matches(ObjectMeta metadata) {
		long hash = hash(this.field.value.apply(metadata));
		for (Range range : this.ranges) {
			if (range.contains(hash)) {
				return true;
			}
		}
		return false;
	}

	private static long hash(@Nullable String value) {
		long hash = 0xcbf29ce484222325L;
		if (value != null) {
			for (byte next : value.getBytes(StandardCharsets.UTF_8)) {
				hash = (hash ^ (next & 0xff)) * 0x100000001b3L;
			}
		}
		return hash;
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof ShardSelector shard && this.field == shard.field
				&& this.ranges.equals(shard.ranges));
	}

	@Override
	public int hashCode() {
		return 31 * this.field.hashCode() + this.ranges.hashCode();
	}

	/**
	 * Return the selector as it goes over the wire, and as servers repeat it.
	 * @return the text that {@link #parse} reads
	 */
	@Override
	public String toString() {
		return this.ranges.stream()
			.map((range) -> "shardRange(" + this.field + ", " + range + ")")
			.collect(Collectors.joining(" || "));
	}

	/**
	 * What the hash is of.
	 */
	private enum Field {

		UID("object.metadata.uid", ObjectMeta::uid),

		NAMESPACE("object.metadata.namespace", ObjectMeta::namespace);

		private final String path;

		private final Function<ObjectMeta, @Nullable String> value;

		Field(String path, Function<ObjectMeta, @Nullable String> value) {
			this.path = path;
			this.value = value;
		}

		static Field of(String path) {
			for (Field field : values()) {
				if (field.path.equals(path)) {
					return field;
				}
			}
			throw new IllegalArgumentException("unsupported field path \"" + path
					+ "\"; supported: object.metadata.uid, object.metadata.namespace");
		}

		@Override
		public String toString() {
			return this.path;
		}

	}

	/**
	 * A range of hashes, which are numbers without a sign.
	 *
	 * @param first the first one
	 * @param last the last one, as the end of the last range has more than 64 bits
	 */
	private record Range(long first, long last) {

		static final Comparator<Range> ORDER = Comparator.comparing(Range::first, Long::compareUnsigned)
			.thenComparing(Range::last, Long::compareUnsigned);

		static Range of(BigInteger start, BigInteger end) {
			return new Range(start.longValue(), end.subtract(BigInteger.ONE).longValue());
		}

		boolean contains(long hash) {
			return Long.compareUnsigned(hash, this.first) >= 0 && Long.compareUnsigned(hash, this.last) <= 0;
		}

		@Override
		public String toString() {
			BigInteger end = new BigInteger(Long.toUnsignedString(this.last)).add(BigInteger.ONE);
			return "'0x%016x', '0x%016x'".formatted(this.first, end);
		}

	}

}
