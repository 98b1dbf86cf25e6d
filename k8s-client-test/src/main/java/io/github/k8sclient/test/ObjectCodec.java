package io.github.k8sclient.test;

import io.github.k8sclient.codec.DecodingException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the bytes of objects of one kind into JSON trees and back. What the kind does not
 * have is dropped on the way in.
 */
interface ObjectCodec {

	/**
	 * Read JSON.
	 * @param json the JSON text of an object
	 * @return the object
	 * @throws DecodingException if the text is not an object of the kind
	 */
	ObjectNode readJson(byte[] json);

	/**
	 * Read protobuf.
	 * @param message the message, without the prefix and envelope of the API
	 * @return the object
	 * @throws DecodingException if the bytes are not such a message
	 */
	ObjectNode readProtobuf(byte[] message);

	/**
	 * Write JSON with the members in their usual order.
	 * @param tree the object
	 * @return the JSON text
	 */
	byte[] writeJson(ObjectNode tree);

	/**
	 * Write protobuf.
	 * @param tree the object
	 * @return the message, without the prefix and envelope of the API
	 */
	byte[] writeProtobuf(ObjectNode tree);

}
