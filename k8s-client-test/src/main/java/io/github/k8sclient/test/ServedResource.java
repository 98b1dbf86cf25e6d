package io.github.k8sclient.test;

import java.util.Locale;
import java.util.Set;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource in one of the versions in which it is served. All versions of a resource
 * share one table.
 */
final class ServedResource {

	private final ResourceDescriptor<?> descriptor;

	private final ModelCodec<?> codec;

	private final String qualifiedName;

	private final KindRules rules;

	private final SelectableFields selectableFields;

	private final VersionConversion conversion;

	ServedResource(ResourceDescriptor<?> descriptor, VersionConversion conversion) {
		this.descriptor = descriptor;
		this.codec = new ModelCodec<>(descriptor.codec());
		this.qualifiedName = descriptor.resource().groupResource().toString();
		this.rules = new KindRules(this.qualifiedName);
		this.selectableFields = SelectableFields.of(this.qualifiedName);
		this.conversion = conversion;
	}

	String name() {
		return this.descriptor.resource().resource();
	}

	/**
	 * The name with the group.
	 * @return for example {@code deployments.apps}, or {@code pods}
	 */
	String qualifiedName() {
		return this.qualifiedName;
	}

	String table() {
		return this.conversion.table();
	}

	GroupVersionKind kind() {
		return this.descriptor.kind();
	}

	String listKind() {
		return this.descriptor.listKind();
	}

	boolean namespaced() {
		return this.descriptor.namespaced();
	}

	boolean hasStatus() {
		return this.descriptor.hasStatus();
	}

	Set<String> verbs() {
		return this.descriptor.verbs();
	}

	Set<String> subresources() {
		return this.descriptor.subresources();
	}

	KindRules rules() {
		return this.rules;
	}

	SelectableFields selectableFields() {
		return this.selectableFields;
	}

	/**
	 * The key of an object in its table.
	 * @param namespace the namespace, null for cluster-scoped objects
	 * @param name the name
	 * @return the key
	 */
	String key(@Nullable String namespace, String name) {
		return (namespace != null) ? namespace + "/" + name : name;
	}

	/**
	 * An object in this version.
	 * @param stored the object as it is stored, left as it is
	 * @return the object, perhaps the same
	 */
	ObjectNode fromStorage(ObjectNode stored) {
		return this.conversion.fromStorage(stored, kind());
	}

	/**
	 * An object in the version that is stored.
	 * @param object the object in this version, which may be changed
	 * @return the object, perhaps the same
	 */
	ObjectNode toStorage(ObjectNode object) {
		return this.conversion.toStorage(object);
	}

	/**
	 * Write an object.
	 * @param object the object in this version
	 * @param encoding the format
	 * @return JSON text or a protobuf message without an envelope
	 */
	byte[] encode(ObjectNode object, Encoding encoding) {
		return (encoding == Encoding.JSON) ? this.codec.writeJson(object) : this.codec.writeProtobuf(object);
	}

	/**
	 * Read the body of a request.
	 * @param body the body
	 * @param encoding its format
	 * @return the object in this version, with kind and API version
	 * @throws StatusException 400 if the body is not such an object
	 */
	ObjectNode decode(byte[] body, Encoding encoding) {
		ObjectNode object = (encoding == Encoding.JSON) ? decodeJson(body) : decodeProtobuf(body);
		object.put("kind", kind().kind());
		object.put("apiVersion", kind().apiVersion());
		return object;
	}

	/**
	 * Read an object that came from a patch.
	 * @param object the patched object
	 * @return the object in this version, with kind and API version
	 * @throws DecodingException if it is not an object of the kind any more
	 */
	ObjectNode normalize(ObjectNode object) {
		ObjectNode result = this.codec.readJson(ModelCodec.MAPPER.writeValueAsBytes(object));
		result.put("kind", kind().kind());
		result.put("apiVersion", kind().apiVersion());
		return result;
	}

	private ObjectNode decodeJson(byte[] body) {
		JsonNode tree;
		try {
			tree = ModelCodec.MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			throw unrecognized("json parse error: " + ex.getOriginalMessage());
		}
		if (!(tree instanceof ObjectNode object)) {
			throw unrecognized("json parse error: " + (tree.isMissingNode() ? "unexpected end of JSON input"
					: "cannot unmarshal " + tree.getNodeType().name().toLowerCase(Locale.ROOT)));
		}
		checkKind(object.path("apiVersion").asString(""), object.path("kind").asString(""));
		try {
			return this.codec.readJson(body);
		}
		catch (DecodingException ex) {
			throw cannotBeHandled(kind().kind(), kind().version(), ex.getMessage());
		}
	}

	private ObjectNode decodeProtobuf(byte[] body) {
		try {
			ProtobufFrames.Unknown unknown = ProtobufFrames.open(body);
			checkKind(unknown.apiVersion(), unknown.kind());
			return this.codec.readProtobuf(unknown.message());
		}
		catch (DecodingException ex) {
			throw unrecognized(ex.getMessage());
		}
	}

	private void checkKind(String apiVersion, String kind) {
		boolean sameVersion = apiVersion.isEmpty() || apiVersion.equals(kind().apiVersion());
		boolean sameKind = kind.isEmpty() || kind.equals(kind().kind());
		if (!sameVersion || !sameKind) {
			String version = apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
			throw cannotBeHandled(kind, version, "no kind %s is registered for version %s at this path"
				.formatted(FieldError.quote(kind), FieldError.quote(apiVersion)));
		}
	}

	private StatusException cannotBeHandled(String kind, String version, @Nullable String reason) {
		return Statuses.badRequest("%s in version %s cannot be handled as a %s: %s".formatted(kind,
				FieldError.quote(version), kind().kind(), reason));
	}

	private StatusException unrecognized(@Nullable String reason) {
		return Statuses
			.badRequest("the object provided is unrecognized (must be of type %s): couldn't get version/kind; %s"
				.formatted(kind().kind(), reason));
	}

	@Override
	public String toString() {
		return this.descriptor.toString();
	}

}
