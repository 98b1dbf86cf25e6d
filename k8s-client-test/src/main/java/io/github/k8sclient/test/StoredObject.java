package io.github.k8sclient.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object at one resource version. Immutable: nobody changes the tree after it was
 * stored. The encoded forms are kept, as every watch of the object needs the same bytes.
 */
final class StoredObject {

	private final String key;

	private final long resourceVersion;

	private final ObjectNode tree;

	private volatile @Nullable Form json;

	private volatile @Nullable Form protobuf;

	StoredObject(String key, long resourceVersion, ObjectNode tree) {
		this.key = key;
		this.resourceVersion = resourceVersion;
		this.tree = tree;
	}

	String key() {
		return this.key;
	}

	long resourceVersion() {
		return this.resourceVersion;
	}

	/**
	 * The object, to be read only.
	 * @return the object in the version that is stored
	 */
	ObjectNode tree() {
		return this.tree;
	}

	/**
	 * A copy that may be changed.
	 * @return the copy
	 */
	ObjectNode copy() {
		return this.tree.deepCopy();
	}

	JsonNode metadata() {
		return this.tree.path("metadata");
	}

	String uid() {
		return metadata().path("uid").asString("");
	}

	boolean terminating() {
		return metadata().has("deletionTimestamp");
	}

	/**
	 * The bytes of the object.
	 * @param resource the version in which it is served
	 * @param encoding the format
	 * @return the bytes, shared: not to be changed
	 */
	byte[] encoded(ServedResource resource, Encoding encoding) {
		Form form = (encoding == Encoding.JSON) ? this.json : this.protobuf;
		if (form == null || form.resource() != resource) {
			form = new Form(resource, resource.encode(resource.fromStorage(this.tree), encoding));
			if (encoding == Encoding.JSON) {
				this.json = form;
			}
			else {
				this.protobuf = form;
			}
		}
		return form.bytes();
	}

	private record Form(ServedResource resource, byte[] bytes) {

	}

}
