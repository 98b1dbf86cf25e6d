package io.github.k8sclient.test;

import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON merge patch, RFC 7396.
 */
final class MergePatch {

	private MergePatch() {
	}

	/**
	 * Apply a patch.
	 * @param target the value to be patched, changed in place where it can be
	 * @param patch the patch
	 * @return the patched value
	 */
	static JsonNode apply(JsonNode target, JsonNode patch) {
		if (!(patch instanceof ObjectNode changes)) {
			return patch.deepCopy();
		}
		ObjectNode result = (target instanceof ObjectNode object) ? object : changes.objectNode();
		for (Map.Entry<String, JsonNode> change : changes.properties()) {
			if (change.getValue().isNull()) {
				result.remove(change.getKey());
			}
			else {
				result.set(change.getKey(), apply(result.path(change.getKey()), change.getValue()));
			}
		}
		return result;
	}

}
