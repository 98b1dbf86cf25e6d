package io.github.k8sclient.test;

import io.github.k8sclient.meta.PartialObjectMetadata;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the objects of a custom resource, which travel in JSON only. What the
 * schema does not know is dropped.
 */
final class CustomCodec implements ObjectCodec {

	// Go writes the members of a map in the order of their names
	private static final JsonMapper SORTED = JsonMapper.builder()
		.enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
		.build();

	private static final ModelCodec<PartialObjectMetadata> METADATA = new ModelCodec<>(PartialObjectMetadata.CODEC);

	private final StructuralSchema schema;

	CustomCodec(StructuralSchema schema) {
		this.schema = schema;
	}

	@Override
	public ObjectNode readJson(byte[] json) {
		ObjectNode object = (ObjectNode) ModelCodec.MAPPER.readTree(json);
		object.set("metadata", metadata(object));
		this.schema.prune(object);
		return object;
	}

	private static ObjectNode metadata(ObjectNode object) {
		ObjectNode holder = object.objectNode();
		if (object.has("metadata")) {
			holder.set("metadata", object.get("metadata"));
		}
		ObjectNode read = METADATA.readJson(ModelCodec.MAPPER.writeValueAsBytes(holder));
		return Trees.object(read, "metadata");
	}

	@Override
	public ObjectNode readProtobuf(byte[] message) {
		throw Statuses.badRequest("Object 'Kind' is missing in 'object has no kind field '");
	}

	@Override
	public byte[] writeJson(ObjectNode tree) {
		return SORTED.writeValueAsBytes(tree);
	}

	@Override
	public byte[] writeProtobuf(ObjectNode tree) {
		throw new IllegalStateException("Custom resources have no protobuf form");
	}

}
