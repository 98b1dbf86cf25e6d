package io.github.k8sclient.rest;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a class whose code is broken: reading it ends in an error that is no
 * exception.
 *
 * @param error thrown instead of reading
 */
record ThrowingCodec(Error error) implements Codec<Pod> {

	@Override
	public Class<Pod> type() {
		return Pod.class;
	}

	@Override
	public @Nullable String apiVersion() {
		return Pod.CODEC.apiVersion();
	}

	@Override
	public @Nullable String kind() {
		return Pod.CODEC.kind();
	}

	@Override
	public Pod readJson(JsonReader in) {
		throw this.error;
	}

	@Override
	public void writeJson(Pod value, JsonWriter out) {
		Pod.CODEC.writeJson(value, out);
	}

	@Override
	public boolean supportsProtobuf() {
		return false;
	}

	@Override
	public Pod readProtobuf(ProtobufReader in) {
		throw this.error;
	}

	@Override
	public void writeProtobuf(Pod value, ProtobufWriter out) {
		Pod.CODEC.writeProtobuf(value, out);
	}

	static Error[] errors() {
		return new Error[] { new NoClassDefFoundError("missing"), new StackOverflowError("too deep"),
				new AssertionError("not so") };
	}

}
