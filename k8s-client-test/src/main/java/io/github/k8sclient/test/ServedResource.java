package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

	private static final String NO_KIND = "couldn't get version/kind; json parse error: ";

	private static final int SUMMARY_LENGTH = 30;

	private static final FieldSet NOTHING = FieldSet.of();

	private static final FieldSet STATUS = FieldSet.of("status");

	private static final FieldSet SPECIFICATION = FieldSet.of("spec");

	private static final FieldSet SPECIFICATION_AND_METADATA = FieldSet.of("spec", "metadata");

	private final GroupVersionKind kind;

	private final String listKind;

	private final ResourceNames names;

	private final boolean namespaced;

	private final boolean hasStatus;

	private final Set<String> verbs;

	private final @Nullable ScalePaths scale;

	private final ObjectCodec codec;

	private final @Nullable StructuralSchema schema;

	private final KindRules rules;

	private final SelectableFields selectableFields;

	private final VersionConversion conversion;

	private final TableView tableView;

	/**
	 * A built-in resource.
	 * @param descriptor what is known of it
	 * @param conversion how its objects are stored
	 */
	ServedResource(ResourceDescriptor<?> descriptor, VersionConversion conversion) {
		this.kind = descriptor.kind();
		this.listKind = descriptor.listKind();
		this.names = ResourceNames.builtIn(descriptor);
		this.namespaced = descriptor.namespaced();
		this.hasStatus = descriptor.hasStatus();
		this.verbs = descriptor.verbs();
		String qualifiedName = qualifiedName();
		this.scale = ScalePaths.builtIn(qualifiedName);
		this.codec = new ModelCodec<>(descriptor.codec());
		this.schema = null;
		this.rules = new BuiltInRules(qualifiedName, this.hasStatus);
		this.selectableFields = SelectableFields.of(qualifiedName);
		this.conversion = conversion;
		this.tableView = TableView.builtIn();
	}

	/**
	 * A version of a custom resource.
	 * @param definition the definition as it is stored
	 * @param names the names that were accepted
	 * @param version the version within the definition
	 * @param conversion how its objects are stored
	 * @param verbs the verbs
	 */
	ServedResource(ObjectNode definition, ResourceNames names, ObjectNode version, VersionConversion conversion,
			Set<String> verbs) {
		JsonNode spec = definition.path("spec");
		JsonNode accepted = definition.path("status").path("acceptedNames");
		this.kind = GroupVersionKind.of(spec.path("group").asString("") + "/" + version.path("name").asString(""),
				accepted.path("kind").asString(""));
		this.listKind = accepted.path("listKind").asString("");
		this.names = names;
		this.namespaced = spec.path("scope").asString("").equals("Namespaced");
		this.hasStatus = version.path("subresources").has("status");
		this.verbs = verbs;
		this.scale = ScalePaths.custom(version.path("subresources").path("scale"));
		StructuralSchema schema = StructuralSchema.of(version.path("schema").path("openAPIV3Schema"));
		this.codec = new CustomCodec(schema);
		this.schema = schema;
		this.rules = new CustomRules(schema, this.hasStatus, this.scale);
		this.selectableFields = SelectableFields.custom(this.namespaced,
				Trees.objects(version, "selectableFields")
					.stream()
					.map((field) -> field.path("jsonPath").asString("").substring(1))
					.toList());
		this.conversion = conversion;
		this.tableView = TableView.custom(version);
	}

	String name() {
		return this.names.plural();
	}

	ResourceNames names() {
		return this.names;
	}

	/**
	 * The name with the group.
	 * @return for example {@code deployments.apps}, or {@code pods}
	 */
	String qualifiedName() {
		return this.kind.group().isEmpty() ? name() : name() + "." + this.kind.group();
	}

	String table() {
		return this.conversion.table();
	}

	GroupVersionKind kind() {
		return this.kind;
	}

	String listKind() {
		return this.listKind;
	}

	boolean namespaced() {
		return this.namespaced;
	}

	boolean hasStatus() {
		return this.hasStatus;
	}

	/**
	 * Whether the status is a subresource, not only a member that the server fills in.
	 * @return whether it is
	 */
	boolean servesStatus() {
		return this.hasStatus && this.verbs.contains("get");
	}

	/**
	 * Whether the resource has a definition. Its objects travel in JSON only.
	 * @return false for a built-in resource
	 */
	boolean isCustom() {
		return this.schema != null;
	}

	/**
	 * The schema of a custom resource.
	 * @return the schema, null for a built-in resource
	 */
	@Nullable StructuralSchema schema() {
		return this.schema;
	}

	/**
	 * What the subresource {@code scale} shows.
	 * @return where it is found, null if there is no such subresource
	 */
	@Nullable ScalePaths scale() {
		return this.scale;
	}

	Set<String> verbs() {
		return this.verbs;
	}

	KindRules rules() {
		return this.rules;
	}

	TableView tableView() {
		return this.tableView;
	}

	/**
	 * What a strict decoder complains about in a body. Built-in kinds are decoded in one
	 * go; of custom resources text, metadata and the rest are checked one after another.
	 * @param json the body
	 * @return the complaints in the order of the API server
	 */
	List<String> strictComplaints(byte[] json) {
		if (this.schema == null) {
			return StrictDecoding.complaints(json, fieldType());
		}
		List<String> complaints = new ArrayList<>(StrictDecoding.duplicates(json));
		complaints.addAll(unknownFields((ObjectNode) ModelCodec.MAPPER.readTree(json)));
		return complaints;
	}

	/**
	 * What a strict decoder complains about in an object that is no text any more.
	 * @param object the object
	 * @return the complaints in the order of the API server
	 */
	List<String> unknownFields(ObjectNode object) {
		FieldType type = fieldType();
		if (this.schema == null) {
			return StrictDecoding.unknownFields("", object, type);
		}
		List<String> complaints = new ArrayList<>(
				StrictDecoding.unknownFields("metadata", object.path("metadata"), type.member("metadata")));
		complaints.addAll(StrictDecoding.unknown(this.schema.prune(object.deepCopy())));
		return complaints;
	}

	/**
	 * Refuse a body.
	 * @param complaints the complaints of a strict decoder
	 * @return the refusal
	 */
	StatusException notStrictlyDecoded(List<String> complaints) {
		return cannotBeHandled(kind().kind(), kind().version(),
				"strict decoding error: " + String.join(", ", complaints));
	}

	/**
	 * How the fields of its objects are owned.
	 * @return the type of the objects
	 */
	FieldType fieldType() {
		return (this.schema != null) ? FieldTypes.custom(this.schema) : FieldTypes.builtIn(this.kind);
	}

	/**
	 * The fields that a request cannot change, so nobody gets to own them by it.
	 * @param subresource the subresource of the request, null for the object itself
	 * @return the fields
	 */
	FieldSet resetFields(@Nullable String subresource) {
		if (subresource == null) {
			return this.hasStatus ? STATUS : NOTHING;
		}
		if (!subresource.equals("status")) {
			return NOTHING;
		}
		return isCustom() ? SPECIFICATION_AND_METADATA : SPECIFICATION;
	}

	SelectableFields selectableFields() {
		return this.selectableFields;
	}

	/**
	 * Check an object that is to be stored.
	 * @param existing the object as it is stored, null if it is new
	 * @param object the object to be stored
	 * @param statusOnly whether only the status is updated
	 * @throws StatusException 422 with all complaints
	 */
	void validate(@Nullable ObjectNode existing, ObjectNode object, boolean statusOnly) {
		List<FieldError> errors = new ArrayList<>(MetadataValidation.check(this.rules, existing, object));
		errors.addAll(this.rules.validate(existing, object, statusOnly));
		if (!errors.isEmpty()) {
			throw Statuses.invalid(this, object.path("metadata").path("name").asString(""), errors);
		}
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
		ObjectNode object = this.conversion.fromStorage(stored, kind());
		if (this.schema == null) {
			return object;
		}
		// the definition may have changed since the object was written
		ObjectNode refreshed = object.deepCopy();
		this.schema.prune(refreshed);
		this.schema.applyDefaults(refreshed);
		return refreshed;
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
		return (encoding == Encoding.PROTOBUF) ? this.codec.writeProtobuf(object) : this.codec.writeJson(object);
	}

	/**
	 * Read the body of a request.
	 * @param body the body
	 * @param encoding its format
	 * @return the object in this version, with kind and API version
	 * @throws StatusException 400 if the body is not such an object
	 */
	ObjectNode decode(byte[] body, Encoding encoding) {
		ObjectNode object = (encoding == Encoding.PROTOBUF) ? decodeProtobuf(body) : decodeJson(body);
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
			throw unrecognized(NO_KIND + ex.getOriginalMessage(), body);
		}
		if (!(tree instanceof ObjectNode object)) {
			throw unrecognized(NO_KIND + (tree.isMissingNode() ? "unexpected end of JSON input"
					: "cannot unmarshal " + tree.getNodeType().name().toLowerCase(Locale.ROOT)), body);
		}
		if (isCustom()) {
			checkCustomKind(object, body);
		}
		else {
			checkKind(object.path("apiVersion").asString(""), object.path("kind").asString(""));
		}
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
			throw unrecognized(ex.getMessage(), body);
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

	// nothing but the object itself tells which version it is in
	private void checkCustomKind(ObjectNode object, byte[] body) {
		String apiVersion = object.path("apiVersion").asString("");
		String kind = object.path("kind").asString("");
		if (kind.isEmpty()) {
			throw unrecognized("Object 'Kind' is missing in '%s'".formatted(object), body);
		}
		if (!apiVersion.equals(kind().apiVersion())) {
			throw Statuses.badRequest("the API version in the data (%s) does not match the expected API version (%s)"
				.formatted(apiVersion, kind().apiVersion()));
		}
		if (!kind.equals(kind().kind())) {
			throw Statuses.invalid(this, object.path("metadata").path("name").asString(""),
					List.of(FieldError.invalid("kind", FieldError.quote(kind), "must be " + kind().kind())));
		}
	}

	private StatusException cannotBeHandled(String kind, String version, @Nullable String reason) {
		return Statuses.badRequest("%s in version %s cannot be handled as a %s: %s".formatted(kind,
				FieldError.quote(version), kind().kind(), reason));
	}

	private StatusException unrecognized(@Nullable String reason, byte[] body) {
		return Statuses.badRequest("the object provided is unrecognized (must be of type %s): %s (%s)"
			.formatted(kind().kind(), reason, summary(body)));
	}

	// the first bytes, which show what came in place of an object
	private static String summary(byte[] body) {
		if (body.length == 0) {
			return "<empty>";
		}
		byte[] head = Arrays.copyOf(body, Math.min(body.length, SUMMARY_LENGTH));
		String text = (body[0] == '{') ? new String(head, StandardCharsets.UTF_8) : HexFormat.of().formatHex(head);
		return (body.length > SUMMARY_LENGTH) ? text + " ..." : text;
	}

	@Override
	public String toString() {
		return this.names.plural() + "." + this.kind.version() + "." + this.kind.group();
	}

}
