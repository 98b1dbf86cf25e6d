package io.github.k8sclient.client;

import java.util.Map;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ManagedFieldsEntry;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the part out of an object that a field manager has applied, by the server's books
 * in its managed fields, as the {@code Extract} functions of client-go do.
 * <p>
 * The books are a tree: {@code f:name} is a member, {@code k:{…}} the element of a list
 * with these keys, {@code v:…} that value in a set, {@code .} the thing itself. An empty
 * node is a field that belongs to the manager with all that is in it.
 */
final class AppliedFields {

	private static final JsonMapper mapper = JsonMapper.shared();

	private static final JsonNode NOTHING = mapper.readTree("{\".\":{}}");

	private AppliedFields() {
	}

	/**
	 * Return the part.
	 * @param subresource what the manager applied, empty for the object itself
	 */
	static <T extends KubernetesObject> T extract(T object, Codec<T> codec, String fieldManager, String subresource) {
		JsonWriter out = new JsonWriter();
		codec.writeJson(object, out);
		JsonNode document = mapper.readTree(out.toByteArray());
		JsonNode fields = fields(object, fieldManager, subresource);
		ObjectNode part = (ObjectNode) extract(document, fields);
		identify(part, document);
		return ObjectDecoder.decode(codec, WireFormat.JSON, mapper.writeValueAsBytes(part), DecodingOptions.defaults());
	}

	private static JsonNode fields(KubernetesObject object, String fieldManager, String subresource) {
		for (ManagedFieldsEntry entry : object.metadata().managedFields()) {
			String entrySubresource = (entry.subresource() != null) ? entry.subresource() : "";
			if (fieldManager.equals(entry.manager()) && "Apply".equals(entry.operation())
					&& subresource.equals(entrySubresource) && entry.fieldsV1() != null) {
				return mapper.readTree(entry.fieldsV1().toByteArray());
			}
		}
		return NOTHING;
	}

	private static void identify(ObjectNode part, JsonNode document) {
		part.set("kind", document.get("kind"));
		part.set("apiVersion", document.get("apiVersion"));
		ObjectNode metadata = part.withObjectProperty("metadata");
		for (String member : new String[] { "name", "namespace" }) {
			JsonNode value = document.path("metadata").path(member);
			if (value.isString()) {
				metadata.set(member, value);
			}
		}
	}

	private static JsonNode extract(JsonNode value, JsonNode fields) {
		if (fields.isEmpty() || !value.isContainer()) {
			return value;
		}
		return value.isObject() ? members(value, fields) : elements(value, fields);
	}

	private static ObjectNode members(JsonNode value, JsonNode fields) {
		ObjectNode part = JsonNodeFactory.instance.objectNode();
		for (Map.Entry<String, JsonNode> field : fields.properties()) {
			JsonNode member = field.getKey().startsWith("f:") ? value.get(field.getKey().substring(2)) : null;
			if (member != null) {
				part.set(field.getKey().substring(2), extract(member, field.getValue()));
			}
		}
		return part;
	}

	private static ArrayNode elements(JsonNode value, JsonNode fields) {
		ArrayNode part = JsonNodeFactory.instance.arrayNode();
		for (JsonNode element : value) {
			JsonNode owned = element(element, fields);
			if (owned != null) {
				part.add(owned);
			}
		}
		return part;
	}

	private static @Nullable JsonNode element(JsonNode element, JsonNode fields) {
		for (Map.Entry<String, JsonNode> field : fields.properties()) {
			String path = field.getKey();
			if (path.startsWith("k:")) {
				JsonNode keys = mapper.readTree(path.substring(2));
				if (keys.propertyStream().allMatch((key) -> key.getValue().equals(element.get(key.getKey())))) {
					return withKeys(extract(element, field.getValue()), keys);
				}
			}
			else if (path.startsWith("v:") && mapper.readTree(path.substring(2)).equals(element)) {
				return element;
			}
		}
		return null;
	}

	private static JsonNode withKeys(JsonNode element, JsonNode keys) {
		return (element instanceof ObjectNode object) ? object.setAll((ObjectNode) keys) : element;
	}

}
