package io.github.k8sclient.dynamic;

import java.util.List;
import java.util.Map;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonValues;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * Metadata as a part of the tree.
 */
final class MetadataTree {

	private MetadataTree() {
	}

	static Map<String, @Nullable Object> of(ObjectMeta metadata) {
		JsonWriter out = new JsonWriter();
		metadata.writeJson(out);
		return JsonValues.readObject(reader(out));
	}

	private static JsonReader reader(JsonWriter written) {
		return new JsonReader(written.toByteArray(), DecodingOptions.defaults());
	}

	/**
	 * Replace the metadata among the members of an object by their tree.
	 */
	static Map<String, @Nullable Object> expand(Map<String, @Nullable Object> members) {
		return (members.get(Unstructured.METADATA) instanceof ObjectMeta metadata)
				? Trees.with(members, Unstructured.METADATA, of(metadata)) : members;
	}

	/**
	 * Replace the tree of the metadata among the members of an object by the metadata.
	 */
	static Map<String, @Nullable Object> collapse(Map<String, @Nullable Object> members, Trees.WrongType wrongType) {
		Object tree = members.get(Unstructured.METADATA);
		if (tree == null) {
			return members;
		}
		if (!(tree instanceof Map)) {
			throw wrongType.exception(List.of(Unstructured.METADATA), "an object", tree);
		}
		JsonWriter out = new JsonWriter();
		JsonValues.write(tree, out);
		try {
			return Trees.with(members, Unstructured.METADATA, ObjectMeta.readJson(reader(out)));
		}
		catch (DecodingException ex) {
			throw new IllegalArgumentException(Unstructured.METADATA + "." + ex.path() + ": " + ex.reason(), ex);
		}
	}

}
