package io.github.k8sclient.test;

import io.github.k8sclient.meta.GroupVersionKind;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts objects between a served version and the one that is stored.
 */
interface VersionConversion {

	/**
	 * The table that holds the objects of all versions.
	 * @return the name of the table
	 */
	String table();

	ObjectNode fromStorage(ObjectNode stored, GroupVersionKind kind);

	ObjectNode toStorage(ObjectNode object);

	/**
	 * Versions of the same shape: only the API version differs.
	 * @param table the table
	 * @param storageApiVersion the API version that is stored
	 * @return the conversion
	 */
	static VersionConversion sameShape(String table, String storageApiVersion) {
		return new VersionConversion() {

			@Override
			public String table() {
				return table;
			}

			@Override
			public ObjectNode fromStorage(ObjectNode stored, GroupVersionKind kind) {
				if (kind.apiVersion().equals(storageApiVersion)) {
					return stored;
				}
				ObjectNode object = stored.deepCopy();
				object.put("apiVersion", kind.apiVersion());
				return object;
			}

			@Override
			public ObjectNode toStorage(ObjectNode object) {
				object.put("apiVersion", storageApiVersion);
				return object;
			}

		};
	}

}
