package io.github.k8sclient.test;

import java.util.function.Function;
import java.util.function.Supplier;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for subresources other than {@code status}: the scale of workloads,
 * the binding and eviction of pods, their logs and programs, the finalizers of
 * namespaces, the tokens of service accounts, proxies.
 */
final class Subresources {

	private final ResourceOperations operations;

	private final PodLogs logs;

	private final PodPrograms programs;

	private final Proxies proxies;

	private final ServiceAccountTokens tokens;

	Subresources(ResourceOperations operations, PodLogs logs, PodPrograms programs, Proxies proxies,
			ServiceAccountTokens tokens) {
		this.operations = operations;
		this.logs = logs;
		this.programs = programs;
		this.proxies = proxies;
		this.tokens = tokens;
	}

	ApiResponse handle(ApiRequest request, ResourcePath path, String name) {
		ScalePaths scale = path.resource().scale();
		if (name.equals("scale") && scale != null) {
			return scale(request, path, scale);
		}
		String what = path.resource().qualifiedName() + "/" + name;
		return switch (what) {
			case "pods/log" -> this.logs.answer(request, path, pod(path));
			case "pods/exec", "pods/attach" -> this.programs.answer(request, path, pod(path));
			case "pods/proxy", "services/proxy", "nodes/proxy" -> proxy(request, path);
			case "serviceaccounts/token" -> post(request, () -> token(request, path));
			case "pods/binding" -> post(request, () -> bind(request, path));
			case "pods/eviction" -> post(request, () -> evict(request, path));
			case "pods/ephemeralcontainers", "pods/resize" -> podSpecification(request, path);
			case "namespaces/finalize" -> finalizeNamespace(request, path);
			default -> throw Statuses.noSuchResource();
		};
	}

	private ObjectNode pod(ResourcePath path) {
		return this.operations.get(path.resource(), path.namespace(), path.requiredName(), null).tree();
	}

	private ApiResponse proxy(ApiRequest request, ResourcePath path) {
		Proxies.Target target = Proxies.Target.parse(path.requiredName());
		this.operations.get(path.resource(), path.namespace(), target.name(), null);
		return this.proxies.answer(request, path.resource(), path.namespace(), target);
	}

	private ApiResponse token(ApiRequest request, ResourcePath path) {
		StoredObject account = this.operations.get(path.resource(), path.namespace(), path.requiredName(), null);
		return Documents.response(201, this.tokens.answer(account, document(request, Documents.TOKEN_REQUEST)),
				encoding(request));
	}

	private ApiResponse scale(ApiRequest request, ResourcePath path, ScalePaths paths) {
		Encoding encoding = ResponseFormat.ofDocuments(request.accept());
		StoredObject object = switch (request.method()) {
			case "GET" -> this.operations.get(path.resource(), path.namespace(), path.requiredName(), null);
			case "PUT" -> rescale(request, path, paths, (scale) -> document(request, Documents.SCALE));
			case "PATCH" ->
				request.isApply() ? applyScale(request, path, paths) : rescale(request, path, paths, (scale) -> {
					if (!request.mediaType().endsWith("merge-patch+json")) {
						throw Statuses.unsupportedPatch();
					}
					return MergePatch.apply(scale, json(request));
				});
			default -> throw Statuses.methodNotAllowed();
		};
		return Documents.response(200, scaleOf(path.resource().fromStorage(object.tree()), paths), encoding);
	}

	private StoredObject rescale(ApiRequest request, ResourcePath path, ScalePaths paths,
			Function<ObjectNode, JsonNode> change) {
		return update(request, path, (object) -> {
			JsonNode scale = change.apply(scaleOf(object, paths));
			String resourceVersion = Trees.text(scale.path("metadata"), "resourceVersion");
			if (resourceVersion != null) {
				Trees.object(object, "metadata").put("resourceVersion", resourceVersion);
			}
			ScalePaths.set(object, paths.specReplicas(), scale.path("spec").path("replicas").asInt(0));
			return object;
		});
	}

	// the replicas of a scale are those of the object, and so are their owners
	private StoredObject applyScale(ApiRequest request, ResourcePath path, ScalePaths paths) {
		ServedResource resource = path.resource();
		WriteOptions options = WriteOptions.parse("PatchOptions", request);
		ObjectNode scale = appliedScale(request);
		return this.operations.update(resource, path.namespace(), path.requiredName(),
				Update.internalApply(resource, "scale", (existing) -> {
					ObjectNode applied = ModelCodec.MAPPER.createObjectNode();
					Trees.copy(applied, "apiVersion", existing);
					Trees.copy(applied, "kind", existing);
					Trees.copy(applied, "metadata", scale);
					JsonNode replicas = scale.path("spec").path("replicas");
					if (replicas.isNumber()) {
						ScalePaths.set(applied, paths.specReplicas(), replicas.asInt());
					}
					return this.operations.fields()
						.apply(resource, existing, applied, options.manager(), options.force(), "scale");
				}), options)
			.object();
	}

	private static ObjectNode appliedScale(ApiRequest request) {
		if (!(Yaml.read(request.body()) instanceof ObjectNode scale)) {
			throw Statuses.badRequest("error decoding YAML: the document is no map");
		}
		FieldManager.check(scale, FieldManager.SCALE, FieldTypes.builtIn(FieldManager.SCALE));
		return scale;
	}

	private static ObjectNode scaleOf(ObjectNode object, ScalePaths paths) {
		ObjectNode scale = ModelCodec.MAPPER.createObjectNode();
		scale.put("kind", "Scale");
		scale.put("apiVersion", "autoscaling/v1");
		ObjectNode metadata = scale.putObject("metadata");
		for (String member : new String[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" }) {
			Trees.copy(metadata, member, object.path("metadata"));
		}
		int replicas = ScalePaths.at(object, paths.specReplicas()).asInt(0);
		ObjectNode spec = scale.putObject("spec");
		if (replicas != 0) {
			spec.put("replicas", replicas);
		}
		ObjectNode status = scale.putObject("status");
		status.put("replicas", ScalePaths.at(object, paths.statusReplicas()).asInt(0));
		String selector = (paths.selector() != null) ? selector(ScalePaths.at(object, paths.selector())) : "";
		if (!selector.isEmpty()) {
			status.put("selector", selector);
		}
		return scale;
	}

	// custom resources keep it as text
	private static String selector(JsonNode selector) {
		if (selector.isString()) {
			return selector.asString();
		}
		JsonNode labels = selector.has("matchLabels") ? selector.get("matchLabels") : selector;
		return String.join(",",
				labels.propertyStream()
					.filter((label) -> label.getValue().isString())
					.map((label) -> label.getKey() + "=" + label.getValue().asString())
					.sorted()
					.toList());
	}

	private ApiResponse bind(ApiRequest request, ResourcePath path) {
		JsonNode binding = document(request, Documents.BINDING);
		String node = binding.path("target").path("name").asString("");
		update(request, path, (pod) -> {
			ObjectNode spec = Trees.object(pod, "spec");
			if (Trees.text(spec, "nodeName") != null) {
				throw Statuses.conflict(path.resource(), path.requiredName(), "pod %s is already assigned to node %s"
					.formatted(path.requiredName(), FieldError.quote(spec.get("nodeName").asString())));
			}
			spec.put("nodeName", node);
			ObjectNode condition = Trees.object(pod, "status").withArray("conditions").addObject();
			condition.put("type", "PodScheduled");
			condition.put("status", "True");
			condition.put("lastTransitionTime", this.operations.now());
			return pod;
		});
		return Documents.response(201, Statuses.created(), encoding(request));
	}

	private ApiResponse evict(ApiRequest request, ResourcePath path) {
		JsonNode options = document(request, Documents.EVICTION).path("deleteOptions");
		JsonNode grace = options.path("gracePeriodSeconds");
		boolean dryRun = WriteOptions.dryRun("DeleteOptions", Trees.texts(options, "dryRun"))
				|| WriteOptions.parse("CreateOptions", request).dryRun();
		this.operations.evict(path.resource(), String.valueOf(path.namespace()), path.requiredName(),
				new DeleteRequest(Trees.text(options.path("preconditions"), "uid"),
						Trees.text(options.path("preconditions"), "resourceVersion"),
						grace.isNumber() ? grace.asLong() : null, Trees.text(options, "propagationPolicy"), dryRun));
		return Documents.response(201, Statuses.created(), encoding(request));
	}

	private ApiResponse podSpecification(ApiRequest request, ResourcePath path) {
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		StoredObject pod = switch (request.method()) {
			case "GET" -> this.operations.get(path.resource(), path.namespace(), path.requiredName(), null);
			case "PUT" -> update(request, path, (existing) -> {
				boolean protobuf = request.mediaType().equals(Encoding.PROTOBUF.mediaType());
				ObjectNode changed = path.resource()
					.decode(request.body(), protobuf ? Encoding.PROTOBUF : Encoding.JSON);
				Trees.copy(existing, "spec", changed);
				Trees.copy(Trees.object(existing, "metadata"), "resourceVersion", changed.path("metadata"));
				return existing;
			});
			default -> throw Statuses.methodNotAllowed();
		};
		return writer.response(200, pod);
	}

	private ApiResponse finalizeNamespace(ApiRequest request, ResourcePath path) {
		if (!request.method().equals("PUT")) {
			throw Statuses.methodNotAllowed();
		}
		ObjectWriter writer = new ObjectWriter(path.resource(), request);
		StoredObject namespace = update(request, path, (existing) -> {
			Trees.copy(Trees.object(existing, "spec"), "finalizers",
					document(request, Documents.NAMESPACE).path("spec"));
			return existing;
		});
		return writer.response(200, namespace);
	}

	private StoredObject update(ApiRequest request, ResourcePath path, Function<ObjectNode, ObjectNode> change) {
		String kind = switch (request.method()) {
			case "POST" -> "CreateOptions";
			case "PUT" -> "UpdateOptions";
			default -> "PatchOptions";
		};
		return this.operations
			.update(path.resource(), path.namespace(), path.requiredName(),
					Update.internal(path.resource(), String.valueOf(path.subresource()), change),
					WriteOptions.parse(kind, request))
			.object();
	}

	private static ApiResponse post(ApiRequest request, Supplier<ApiResponse> answer) {
		if (!request.method().equals("POST")) {
			throw Statuses.methodNotAllowed();
		}
		return answer.get();
	}

	private static Encoding encoding(ApiRequest request) {
		return ResponseFormat.ofDocuments(request.accept());
	}

	private static ObjectNode document(ApiRequest request, ModelCodec<?> codec) {
		return request.mediaType().equals(Encoding.PROTOBUF.mediaType())
				? codec.readProtobuf(ProtobufFrames.open(request.body()).message()) : codec.readJson(request.body());
	}

	private static JsonNode json(ApiRequest request) {
		try {
			return ModelCodec.MAPPER.readTree(request.body());
		}
		catch (JacksonException ex) {
			throw Statuses.badRequest(String.valueOf(ex.getOriginalMessage()));
		}
	}

}
