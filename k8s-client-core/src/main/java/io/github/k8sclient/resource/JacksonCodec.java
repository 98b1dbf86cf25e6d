package io.github.k8sclient.resource;

import java.util.List;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.TypeMeta;
import io.github.k8sclient.wire.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the objects of an annotated class.
 *
 * @param <T> the type of the objects
 */
final class JacksonCodec<T> implements Codec<T> {

	private static final String API_VERSION = "apiVersion";

	private static final String KIND = "kind";

	private final Class<T> type;

	private final String apiVersion;

	private final String kind;

	private final ObjectReader reader;

	private final ObjectWriter writer;

	JacksonCodec(Class<T> type, String apiVersion, String kind, JsonMapper mapper) {
		this.type = type;
		this.apiVersion = apiVersion;
		this.kind = kind;
		this.reader = mapper.readerFor(type);
		this.writer = mapper.writerFor(type);
	}

	@Override
	public Class<T> type() {
		return this.type;
	}

	@Override
	public String apiVersion() {
		return this.apiVersion;
	}

	@Override
	public String kind() {
		return this.kind;
	}

	@Override
	public T readJson(JsonReader in) {
		if (!in.isObject()) {
			throw in.failure("expected an object");
		}
		byte[] json = in.readEncoded();
		TypeMeta found = ObjectDecoder.typeOf(WireFormat.JSON, json);
		requireType(this.kind, found.kind(), KIND);
		requireType(this.apiVersion, found.apiVersion(), API_VERSION);
		return read(json, in.options());
	}

	private static void requireType(String expected, String found, String member) {
		if (!found.isEmpty() && !found.equals(expected)) {
			throw new DecodingException("expected '" + expected + "' but found '" + found + "'", null, member, 0, null);
		}
	}

	private T read(byte[] json, DecodingOptions options) {
		try {
			return this.reader.withAttribute(ModelDeserializer.SOURCE, json)
				.withAttribute(ModelDeserializer.OPTIONS, options)
				.readValue(json);
		}
		catch (JacksonException ex) {
			throw new DecodingException(reason(ex), null, path(ex.getPath()), 0, null);
		}
	}

	// Jackson's own messages quote the document
	private static String reason(JacksonException ex) {
		return (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null)
				? "no value for " + mismatch.getTargetType().getName() : "no such value is possible";
	}

	private static String path(List<JacksonException.Reference> references) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : references) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
		}
		return path.toString();
	}

	@Override
	public void writeJson(T value, JsonWriter out) {
		JsonReader members = new JsonReader(this.writer.writeValueAsBytes(value), DecodingOptions.defaults());
		out.beginObject();
		out.key(API_VERSION).writeString(this.apiVersion);
		out.key(KIND).writeString(this.kind);
		members.beginObject();
		for (String name = members.nextKey(); name != null; name = members.nextKey()) {
			byte[] member = members.readEncoded();
			if (!name.equals(API_VERSION) && !name.equals(KIND)) {
				out.key(name).writeEncoded(member);
			}
		}
		out.endObject();
	}

	@Override
	public boolean supportsProtobuf() {
		return false;
	}

	@Override
	public T readProtobuf(ProtobufReader in) {
		throw new UnsupportedOperationException(this.kind + " has no protobuf form");
	}

	@Override
	public void writeProtobuf(T value, ProtobufWriter out) {
		throw new UnsupportedOperationException(this.kind + " has no protobuf form");
	}

}
