package io.github.k8sclient.wire;

import java.util.function.Function;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.FieldNames;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * Reads and writes bodies that hold one object. Its methods have no state and may be
 * called by any thread.
 *
 * @since 0.1.0
 */
public final class ObjectDecoder {

	private static final FieldNames TYPE_NAMES = FieldNames.of("kind", "apiVersion");

	private ObjectDecoder() {
	}

	/**
	 * Reads an object.
	 * @param <T> type of the object
	 * @param codec reads the object
	 * @param format format of the bytes
	 * @param body the bytes
	 * @param options how to decode
	 * @return the object
	 * @throws DecodingException if the bytes are no such object, or of another kind
	 */
	public static <T> T decode(Codec<T> codec, WireFormat format, byte[] body, DecodingOptions options) {
		try {
			return (format == WireFormat.PROTOBUF) ? decodeProtobuf(codec, body, options)
					: decodeJson(codec, body, options);
		}
		catch (DecodingException ex) {
			throw ex.within(codec.type().getSimpleName(), "", 0);
		}
	}

	/**
	 * Reads an object in whose place there may be a {@code Status}, as in the answer to a
	 * delete.
	 * @param <T> type of the object
	 * @param codec reads the object
	 * @param format format of the bytes
	 * @param body the bytes
	 * @param options how to decode
	 * @param ofStatus what to return for a Status
	 * @return the object, or what the function returns
	 * @throws DecodingException if the bytes are neither
	 */
	public static <T> @Nullable T decode(Codec<T> codec, WireFormat format, byte[] body, DecodingOptions options,
			Function<Status, @Nullable T> ofStatus) {
		try {
			return (format == WireFormat.PROTOBUF) ? decodeProtobuf(codec, body, options, ofStatus)
					: decodeJson(codec, body, options, ofStatus);
		}
		catch (DecodingException ex) {
			throw ex.within(codec.type().getSimpleName(), "", 0);
		}
	}

	private static <T> T decodeJson(Codec<T> codec, byte[] body, DecodingOptions options) {
		return readJson(codec, new JsonReader(body, options));
	}

	private static <T> @Nullable T decodeJson(Codec<T> codec, byte[] body, DecodingOptions options,
			Function<Status, @Nullable T> ofStatus) {
		JsonReader in = new JsonReader(body, options);
		boolean isStatus = isStatus(in);
		in.reset(body, 0, body.length);
		return isStatus ? ofStatus.apply(readJson(Status.CODEC, in)) : readJson(codec, in);
	}

	private static boolean isStatus(JsonReader in) {
		try {
			return typeOfJson(in).isStatus();
		}
		catch (DecodingException ex) {
			return false;
		}
	}

	private static <T> T readJson(Codec<T> codec, JsonReader in) {
		T value = codec.readJson(in);
		in.expectEnd();
		return value;
	}

	private static <T> T decodeProtobuf(Codec<T> codec, byte[] body, DecodingOptions options) {
		ProtobufReader in = new ProtobufReader(options);
		return Envelope.read(in, body, 0, body.length).open(codec, in, body, 0);
	}

	private static <T> @Nullable T decodeProtobuf(Codec<T> codec, byte[] body, DecodingOptions options,
			Function<Status, @Nullable T> ofStatus) {
		ProtobufReader in = new ProtobufReader(options);
		Envelope envelope = Envelope.read(in, body, 0, body.length);
		return envelope.type().isStatus() ? ofStatus.apply(envelope.open(Status.CODEC, in, body, 0))
				: envelope.open(codec, in, body, 0);
	}

	/**
	 * Writes an object in the format that suits it: in the one that is preferred, unless
	 * the type has no such form or something of the object would be missing in it and not
	 * in the other.
	 * @param <T> type of the object
	 * @param codec writes the object
	 * @param value the object
	 * @param preferred the preferred format
	 * @return the bytes and their format
	 */
	public static <T> EncodedObject encode(Codec<T> codec, T value, WireFormat preferred) {
		if (!codec.supportsProtobuf()) {
			return encodeJson(codec, value);
		}
		EncodedObject first = encodeAs(codec, value, preferred);
		if (!first.lossy()) {
			return first;
		}
		EncodedObject second = encodeAs(codec, value,
				(preferred == WireFormat.JSON) ? WireFormat.PROTOBUF : WireFormat.JSON);
		return second.lossy() ? first : second;
	}

	private static <T> EncodedObject encodeAs(Codec<T> codec, T value, WireFormat format) {
		return (format == WireFormat.PROTOBUF) ? encodeProtobuf(codec, value) : encodeJson(codec, value);
	}

	private static <T> EncodedObject encodeJson(Codec<T> codec, T value) {
		JsonWriter out = new JsonWriter();
		codec.writeJson(value, out);
		return new EncodedObject(WireFormat.JSON, out.toByteArray(), out.lossy());
	}

	private static <T> EncodedObject encodeProtobuf(Codec<T> codec, T value) {
		ProtobufWriter out = new ProtobufWriter();
		byte[] bytes = Envelope.write(codec, value, out);
		return new EncodedObject(WireFormat.PROTOBUF, bytes, out.lossy());
	}

	/**
	 * Finds out what an object says of its type, without decoding it.
	 * @param format format of the bytes
	 * @param body the bytes
	 * @return the type
	 * @throws DecodingException if the bytes are no object
	 */
	public static TypeMeta typeOf(WireFormat format, byte[] body) {
		DecodingOptions options = DecodingOptions.defaults();
		if (format == WireFormat.PROTOBUF) {
			return Envelope.read(new ProtobufReader(options), body, 0, body.length).type();
		}
		return typeOfJson(new JsonReader(body, options));
	}

	private static TypeMeta typeOfJson(JsonReader in) {
		@Nullable String kind = null;
		@Nullable String apiVersion = null;
		in.beginObject();
		int field;
		while ((kind == null || apiVersion == null) && (field = in.nextField(TYPE_NAMES)) != JsonReader.END) {
			switch (field) {
				case 0 -> kind = in.readString();
				case 1 -> apiVersion = in.readString();
				default -> in.skipValue();
			}
		}
		return new TypeMeta((apiVersion != null) ? apiVersion : "", (kind != null) ? kind : "");
	}

	/**
	 * Reads a body that may be a {@code Status}: the body of a failure, or the answer to
	 * a delete.
	 * @param format format of the bytes
	 * @param body the bytes
	 * @return the Status, null if the bytes are something else or cannot be decoded
	 */
	public static @Nullable Status status(WireFormat format, byte[] body) {
		try {
			return typeOf(format, body).isStatus() ? decode(Status.CODEC, format, body, DecodingOptions.defaults())
					: null;
		}
		catch (DecodingException ex) {
			return null;
		}
	}

}
