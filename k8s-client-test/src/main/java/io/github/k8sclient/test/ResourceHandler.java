package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.k8sclient.codec.DecodingException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for resources.
 */
final class ResourceHandler {

	private static final List<String> BODY_TYPES = List.of(Encoding.JSON.mediaType(), Encoding.YAML.mediaType(),
			Encoding.PROTOBUF.mediaType());

	private static final Map<String, String> DEPRECATIONS = Map.of("componentstatuses",
			"v1 ComponentStatus is deprecated in v1.19+", "endpoints",
			"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

	private static final List<String> CUSTOM_PATCH_TYPES = List.of("application/json-patch+json",
			"application/merge-patch+json", "application/apply-patch+yaml");

	private final ResourceOperations operations;

	private final WatchHandler watches;

	private final Subresources subresources;

	private final Reviews reviews;

	ResourceHandler(ResourceOperations operations, WatchHandler watches, Subresources subresources, Reviews reviews) {
		this.operations = operations;
		this.watches = watches;
		this.subresources = subresources;
		this.reviews = reviews;
	}

	ApiResponse handle(ApiRequest request, ResourcePath path) {
		String deprecation = DEPRECATIONS.get(path.resource().qualifiedName());
		if (deprecation != null) {
			request.warn(deprecation);
		}
		if (path.name() == null) {
			return collection(request, path);
		}
		return (path.subresource() == null) ? object(request, path) : subresource(request, path, path.subresource());
	}

	private ApiResponse collection(ApiRequest request, ResourcePath path) {
		ServedResource resource = path.resource();
		// objects are made and deleted in one namespace, not across them
		boolean writable = path.namespace() != null || !resource.namespaced();
		return switch (request.method()) {
			case "GET" -> {
				boolean watch = path.watch() || request.parameters().isOn("watch");
				requireVerb(resource, watch ? "watch" : "list");
				yield watch ? this.watches.handle(request, path) : list(request, path);
			}
			case "POST" -> {
				requireVerb(resource, writable ? "create" : "");
				yield create(request, path);
			}
			case "DELETE" -> {
				requireVerb(resource, writable ? "deletecollection" : "");
				yield deleteCollection(request, path);
			}
			default -> throw Statuses.methodNotAllowed();
		};
	}

	private ApiResponse object(ApiRequest request, ResourcePath path) {
		ServedResource resource = path.resource();
		return switch (request.method()) {
			case "GET" -> {
				if (path.watch()) {
					requireVerb(resource, "watch");
					yield this.watches.handle(request, path);
				}
				requireVerb(resource, "get");
				yield get(request, path);
			}
			case "PUT" -> {
				requireVerb(resource, "update");
				yield put(request, path, null);
			}
			case "PATCH" -> {
				requireVerb(resource, "patch");
				yield patch(request, path, null);
			}
			case "DELETE" -> {
				requireVerb(resource, "delete");
				yield delete(request, path);
			}
			default -> throw Statuses.methodNotAllowed();
		};
	}

	private ApiResponse subresource(ApiRequest request, ResourcePath path, String name) {
		ServedResource resource = path.resource();
		boolean status = (name.equals("status") && resource.hasStatus())
				|| (name.equals("approval") && resource.qualifiedName().startsWith("certificatesigningrequests."));
		if (!status) {
			return this.subresources.handle(request, path, name);
		}
		return switch (request.method()) {
			case "GET" -> get(request, path);
			case "PUT" -> put(request, path, "status");
			case "PATCH" -> patch(request, path, "status");
			default -> throw Statuses.methodNotAllowed();
		};
	}

	private static void requireVerb(ServedResource resource, String verb) {
		if (resource.verbs().contains(verb)) {
			return;
		}
		// what goes with its definition can still be changed, for finalizers to be
		// removed
		if (!resource.isCustom() || verb.isEmpty()) {
			throw Statuses.methodNotAllowed();
		}
	}

	private ApiResponse get(ApiRequest request, ResourcePath path) {
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		StoredObject object = this.operations.get(path.resource(), path.namespace(), path.requiredName(),
				request.parameters().text("resourceVersion"));
		return writer.response(200, object);
	}

	private ApiResponse list(ApiRequest request, ResourcePath path) {
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		ListRequest list = ListRequest.parse(request.parameters(), path.resource(), false);
		return writer.response(this.operations.list(path.resource(), path.namespace(), list));
	}

	private ApiResponse create(ApiRequest request, ResourcePath path) {
		ServedResource resource = path.resource();
		ObjectWriter writer = new ObjectWriter(resource, request);
		WriteOptions options = WriteOptions.parse("CreateOptions", request);
		ObjectNode object = body(request, resource, options.validation());
		if (!resource.verbs().contains("create")) {
			throw Statuses.terminatingDefinition(resource, object.path("metadata").path("name").asString(""));
		}
		StoredObject created = resource.verbs().equals(Set.of("create"))
				? this.reviews.answer(resource, object, request.user())
				: this.operations.create(resource, path.namespace(), object, options);
		return writer.response(201, created);
	}

	private ApiResponse put(ApiRequest request, ResourcePath path, @Nullable String subresource) {
		ServedResource resource = path.resource();
		WriteOptions options = WriteOptions.parse("UpdateOptions", request);
		return update(request, path, options,
				Update.put(resource, subresource, (existing) -> body(request, resource, options.validation())));
	}

	private ApiResponse patch(ApiRequest request, ResourcePath path, @Nullable String subresource) {
		ServedResource resource = path.resource();
		if (request.isApply()) {
			return apply(request, path, subresource);
		}
		Patch patch = patch(request, resource);
		WriteOptions options = WriteOptions.parse("PatchOptions", request);
		return update(request, path, options, Update.patch(resource, subresource, (existing) -> {
			ObjectNode object = patched(patch.apply(existing));
			validatePatched(request, resource, object, options.validation());
			return normalized(resource, object);
		}));
	}

	private ApiResponse apply(ApiRequest request, ResourcePath path, @Nullable String subresource) {
		ServedResource resource = path.resource();
		WriteOptions options = WriteOptions.parse("PatchOptions", request);
		if (!(Yaml.read(request.body()) instanceof ObjectNode applied)) {
			throw Statuses.badRequest("error decoding YAML: the document is no map");
		}
		validateApplied(request, options.validation());
		return update(request, path, options,
				Update.apply(resource, subresource, (existing) -> normalized(resource, this.operations.fields()
					.apply(resource, existing, applied, options.manager(), options.force(), subresource))));
	}

	private ApiResponse update(ApiRequest request, ResourcePath path, WriteOptions options, Update update) {
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		ResourceOperations.Updated updated = this.operations.update(path.resource(), path.namespace(),
				path.requiredName(), update, options);
		return writer.response(updated.created() ? 201 : 200, updated.object());
	}

	private ApiResponse delete(ApiRequest request, ResourcePath path) {
		ServedResource resource = path.resource();
		ObjectWriter writer = new ObjectWriter(resource, request);
		DeleteRequest options = deleteRequest(request);
		Deletion.Outcome outcome = this.operations.delete(resource, path.namespace(), path.requiredName(), options);
		if (outcome.gone() && !resource.rules().returnedWhenDeleted()) {
			return Documents.response(200, Statuses.deleted(resource, path.requiredName(), outcome.object().uid()),
					writer.encoding());
		}
		return writer.response(200, outcome.object());
	}

	private ApiResponse deleteCollection(ApiRequest request, ResourcePath path) {
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		ListRequest list = ListRequest.parse(request.parameters(), path.resource(), false);
		return writer.response(
				this.operations.deleteCollection(path.resource(), path.namespace(), list, deleteRequest(request)));
	}

	private static DeleteRequest deleteRequest(ApiRequest request) {
		byte[] body = request.body();
		Encoding encoding = (body.length > 0) ? bodyEncoding(request) : Encoding.JSON;
		if (encoding == Encoding.YAML) {
			body = ModelCodec.MAPPER.writeValueAsBytes(Yaml.read(body));
		}
		if (encoding == Encoding.PROTOBUF) {
			ProtobufFrames.Unknown unknown = ProtobufFrames.open(body);
			body = Documents.DELETE_OPTIONS.readProtobuf(unknown.message()).toString().getBytes(StandardCharsets.UTF_8);
		}
		return DeleteRequest.parse(request.parameters(), body);
	}

	private static ObjectNode body(ApiRequest request, ServedResource resource, FieldValidation validation) {
		Encoding encoding = bodyEncoding(request);
		byte[] body = (encoding == Encoding.YAML) ? ModelCodec.MAPPER.writeValueAsBytes(Yaml.read(request.body()))
				: request.body();
		ObjectNode object = resource.decode(body, encoding);
		if (encoding == Encoding.PROTOBUF || validation == FieldValidation.IGNORE) {
			return object;
		}
		List<String> complaints = (encoding == Encoding.YAML) ? complaints(Yaml.duplicateKeys(request.body()), resource,
				(ObjectNode) ModelCodec.MAPPER.readTree(body)) : resource.strictComplaints(body);
		if (!complaints.isEmpty() && validation == FieldValidation.STRICT) {
			throw resource.notStrictlyDecoded(complaints);
		}
		complaints.forEach(request::warn);
		return object;
	}

	private static void validatePatched(ApiRequest request, ServedResource resource, ObjectNode object,
			FieldValidation validation) {
		if (validation == FieldValidation.IGNORE) {
			return;
		}
		List<String> complaints = complaints(StrictDecoding.duplicates(request.body()), resource, object);
		if (!complaints.isEmpty() && validation == FieldValidation.STRICT) {
			throw Statuses.invalidPatch(FieldError.invalid("patch", FieldError.quote(object.toString()),
					"strict decoding error: " + String.join(", ", complaints)));
		}
		complaints.forEach(request::warn);
	}

	private static List<String> complaints(List<String> duplicates, ServedResource resource, ObjectNode object) {
		List<String> complaints = new ArrayList<>(duplicates);
		complaints.addAll(resource.unknownFields(object));
		return complaints;
	}

	private static void validateApplied(ApiRequest request, FieldValidation validation) {
		if (validation == FieldValidation.IGNORE) {
			return;
		}
		List<String> complaints = Yaml.duplicateKeys(request.body());
		if (!complaints.isEmpty() && validation == FieldValidation.STRICT) {
			throw Statuses.badRequest("error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal "
					+ "errors:\n  " + String.join("\n  ", complaints));
		}
		complaints.forEach(request::warn);
	}

	private static Encoding bodyEncoding(ApiRequest request) {
		String type = request.mediaType();
		if (type.isEmpty() || type.equals(Encoding.JSON.mediaType())) {
			return Encoding.JSON;
		}
		if (type.equals(Encoding.PROTOBUF.mediaType())) {
			return Encoding.PROTOBUF;
		}
		if (type.equals(Encoding.YAML.mediaType())) {
			return Encoding.YAML;
		}
		throw Statuses.unsupportedBody(BODY_TYPES);
	}

	private static Patch patch(ApiRequest request, ServedResource resource) {
		String type = request.mediaType();
		// nobody knows the merge keys of custom resources
		if (resource.isCustom() && type.startsWith("application/strategic-merge-patch")) {
			throw Statuses.unsupportedBody(CUSTOM_PATCH_TYPES);
		}
		return switch (type) {
			case "application/merge-patch+json" -> (existing) -> {
				JsonNode patch = json(request, "Invalid JSON Patch");
				return MergePatch.apply(existing, patch);
			};
			case "application/json-patch+json" -> (existing) -> {
				if (!(json(request, "json: cannot unmarshal") instanceof ArrayNode operations)) {
					throw Statuses.badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
				}
				return JsonPatch.apply(existing, operations);
			};
			case "application/strategic-merge-patch+json" -> (existing) -> {
				if (!(json(request, "invalid character") instanceof ObjectNode changes)) {
					throw Statuses.badRequest("json: cannot unmarshal into Go value of type map[string]interface {}");
				}
				return StrategicMergePatch.apply(resource.kind(), existing, changes);
			};
			default ->
				throw resource.isCustom() ? Statuses.unsupportedBody(CUSTOM_PATCH_TYPES) : Statuses.unsupportedPatch();
		};
	}

	private static JsonNode json(ApiRequest request, String complaint) {
		try {
			return ModelCodec.MAPPER.readTree(request.body());
		}
		catch (JacksonException ex) {
			throw Statuses.internalError(complaint);
		}
	}

	private static ObjectNode patched(JsonNode result) {
		if (!(result instanceof ObjectNode object)) {
			throw Statuses.invalidPatch(FieldError.invalid("patch", FieldError.quote(result.toString()),
					"couldn't get version/kind; json parse error: cannot unmarshal "
							+ result.getNodeType().name().toLowerCase(Locale.ROOT)));
		}
		return object;
	}

	private static ObjectNode normalized(ServedResource resource, ObjectNode object) {
		try {
			return resource.normalize(object);
		}
		catch (DecodingException ex) {
			throw Statuses.invalidPatch(
					FieldError.invalid("patch", FieldError.quote(object.toString()), String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * A patch that was parsed.
	 */
	private interface Patch {

		JsonNode change(ObjectNode existing);

		default JsonNode apply(@Nullable ObjectNode existing) {
			if (existing == null) {
				throw new IllegalStateException("Nothing to patch");
			}
			return change(existing);
		}

	}

}
