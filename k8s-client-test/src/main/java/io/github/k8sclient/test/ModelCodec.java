package io.github.k8sclient.test;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the bytes of one type into JSON trees and back, by way of the type's own class.
 * So members of a wrong type are found, and members that the type does not have are
 * dropped, as by the API server, which keeps objects in protobuf.
 *
 * @param <T> the type
 */
final class ModelCodec<T> implements ObjectCodec {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Codec<T> codec;

	ModelCodec(Codec<T> codec) {
		this.codec = codec;
	}

	@Override
	public ObjectNode readJson(byte[] json) {
		JsonReader in = new JsonReader(json, DecodingOptions.defaults());
		T object = this.codec.readJson(in);
		in.expectEnd();
		return this.codec.supportsProtobuf() ? readProtobuf(protobuf(object)) : tree(object);
	}

	@Override
	public ObjectNode readProtobuf(byte[] message) {
		return tree(this.codec.readProtobuf(new ProtobufReader(message, DecodingOptions.defaults())));
	}

	@Override
	public byte[] writeJson(ObjectNode tree) {
		return json(object(tree));
	}

	@Override
	public byte[] writeProtobuf(ObjectNode tree) {
		return protobuf(object(tree));
	}

	private T object(ObjectNode tree) {
		return this.codec.readJson(new JsonReader(MAPPER.writeValueAsBytes(tree), DecodingOptions.defaults()));
	}

	private ObjectNode tree(T object) {
		return (ObjectNode) MAPPER.readTree(json(object));
	}

	private byte[] json(T object) {
		JsonWriter out = new JsonWriter();
		this.codec.writeJson(object, out);
		return out.toByteArray();
	}

	private byte[] protobuf(T object) {
		ProtobufWriter out = new ProtobufWriter();
		this.codec.writeProtobuf(object, out);
		return out.toByteArray();
	}

}
