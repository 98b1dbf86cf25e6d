package io.github.k8sclient.dynamic;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes objects of any kind.
 */
final class UnstructuredCodec implements Codec<Unstructured> {

	@Override
	public Class<Unstructured> type() {
		return Unstructured.class;
	}

	@Override
	public @Nullable String apiVersion() {
		return null;
	}

	@Override
	public @Nullable String kind() {
		return null;
	}

	@Override
	public Unstructured readJson(JsonReader in) {
		return Unstructured.readJson(in);
	}

	@Override
	public Unstructured inList(Unstructured item, String apiVersion, String listKind) {
		return item.inList(apiVersion, listKind);
	}

	@Override
	public void writeJson(Unstructured value, JsonWriter out) {
		value.writeJson(out);
	}

	@Override
	public boolean supportsProtobuf() {
		return false;
	}

	@Override
	public Unstructured readProtobuf(ProtobufReader in) {
		throw new UnsupportedOperationException("Objects of any kind have no protobuf form");
	}

	@Override
	public void writeProtobuf(Unstructured value, ProtobufWriter out) {
		throw new UnsupportedOperationException("Objects of any kind have no protobuf form");
	}

}
