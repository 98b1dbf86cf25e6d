package io.github.k8sclient.codegen;

/**
 * The forms of a value on the wire, and the Java type that holds it.
 */
enum ValueKind {

	STRING("java.lang.String", "String", WireType.BYTES),

	BOOLEAN("java.lang.Boolean", "Boolean", WireType.VARINT),

	INT("java.lang.Integer", "Integer", WireType.VARINT),

	LONG("java.lang.Long", "Long", WireType.VARINT),

	DOUBLE("java.lang.Double", "Double", WireType.FIXED64),

	BYTES("io.github.k8sclient.value.Bytes", "Bytes", WireType.BYTES),

	TIME("java.time.Instant", "Time", WireType.BYTES),

	MICRO_TIME("java.time.Instant", "MicroTime", WireType.BYTES),

	DURATION("java.time.Duration", "Duration", WireType.BYTES),

	QUANTITY("io.github.k8sclient.value.Quantity", "Quantity", WireType.BYTES),

	INT_OR_STRING("io.github.k8sclient.value.IntOrString", "IntOrString", WireType.BYTES),

	/**
	 * Any JSON; in protobuf a message with the JSON text in field 1.
	 */
	RAW("io.github.k8sclient.value.RawJson", "Raw", WireType.BYTES),

	/**
	 * Strings, in protobuf a message of their own with the elements in field 1.
	 */
	STRINGS("java.util.List", "Strings", WireType.BYTES),

	/**
	 * Another class of the API.
	 */
	OBJECT("", "Object", WireType.BYTES);

	private final String javaType;

	private final String suffix;

	private final WireType wireType;

	ValueKind(String javaType, String suffix, WireType wireType) {
		this.javaType = javaType;
		this.suffix = suffix;
		this.wireType = wireType;
	}

	static ValueKind of(String schemaType) {
		return switch (schemaType) {
			case "string" -> STRING;
			case "bool" -> BOOLEAN;
			case "int32" -> INT;
			case "int64" -> LONG;
			case "float64" -> DOUBLE;
			case "bytes" -> BYTES;
			case "time" -> TIME;
			case "microtime" -> MICRO_TIME;
			case "duration" -> DURATION;
			case "quantity" -> QUANTITY;
			case "intorstring" -> INT_OR_STRING;
			case "rawextension", "fieldsv1", "json" -> RAW;
			case "list-of-string" -> STRINGS;
			default -> {
				if (schemaType.startsWith("ref:")) {
					yield OBJECT;
				}
				throw new IllegalArgumentException("Unknown type in the schema: " + schemaType);
			}
		};
	}

	/**
	 * The full name of the Java class.
	 * @return the name, empty for {@link #OBJECT}
	 */
	String javaType() {
		return this.javaType;
	}

	/**
	 * The suffix for several values.
	 * @return for example {@code Integers}
	 */
	String plural() {
		return this.suffix.endsWith("y") ? this.suffix.substring(0, this.suffix.length() - 1) + "ies"
				: this.suffix + "s";
	}

	/**
	 * The part of the codec runtime's method names that stands for this kind.
	 * @return for example {@code Integer}
	 */
	String suffix() {
		return this.suffix;
	}

	WireType wireType() {
		return this.wireType;
	}

	/**
	 * Whether a zero value of this kind cannot be told from an absent one in Go, unless
	 * the field is a pointer.
	 * @return {@code true} for numbers, booleans, strings and byte strings
	 */
	boolean hasZeroValue() {
		return this == STRING || this == BOOLEAN || this == INT || this == LONG || this == DOUBLE || this == BYTES;
	}

	/**
	 * The encodings of protobuf.
	 */
	enum WireType {

		VARINT, FIXED64, BYTES

	}

}
