package io.github.k8sclient.test;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
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
final class ModelCodec<T> {

	static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Codec<T> codec;

	ModelCodec(Codec<T> codec) {
		this.codec = codec;
	}

	/**
	 * Read JSON.
	 * @param json the JSON text of an object
	 * @return the object
	 * @throws DecodingException if the text is not an object of the type
	 */
	ObjectNode readJson(byte[] json) {
		JsonReader in = new JsonReader(json, DecodingOptions.defaults());
		T object = this.codec.readJson(in);
		in.expectEnd();
		return this.codec.supportsProtobuf() ? readProtobuf(protobuf(object)) : tree(object);
	}

	/**
	 * Read protobuf.
	 * @param message the message, without the prefix and envelope of the API
	 * @return the object
	 * @throws DecodingException if the bytes are not such a message
	 */
	ObjectNode readProtobuf(byte[] message) {
		return tree(this.codec.readProtobuf(new ProtobufReader(message, DecodingOptions.defaults())));
	}

	/**
	 * Write JSON with the members in their usual order.
	 * @param tree the object
	 * @return the JSON text
	 */
	byte[] writeJson(ObjectNode tree) {
		return json(object(tree));
	}

	/**
	 * Write protobuf.
	 * @param tree the object
	 * @return the message, without the prefix and envelope of the API
	 */
	byte[] writeProtobuf(ObjectNode tree) {
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
