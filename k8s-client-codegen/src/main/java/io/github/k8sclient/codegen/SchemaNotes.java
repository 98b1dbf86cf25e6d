package io.github.k8sclient.codegen;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the extractor cannot see in the Go sources, each with its reason.
 */
final class SchemaNotes {

	/**
	 * meta/v1 types that no document has, or that stand for something else in Java:
	 * Timestamp is the protobuf form of Time, Patch and List are Go's placeholders for
	 * "any object(s)". ApplyOptions never leave the Go client, which sends them as
	 * PatchOptions; the class of that name is written by hand, beside the clients.
	 * WatchEvent is the frame of a watch, which decoders take apart as it comes; what
	 * users see of it is written by hand, too.
	 */
	private static final Set<TypeName> LEFT_OUT = Set.of(meta("GroupVersion"), meta("GroupVersionKind"),
			meta("GroupVersionResource"), meta("GroupResource"), meta("GroupKind"), meta("Timestamp"), meta("Patch"),
			meta("List"), meta("ApplyOptions"), meta("WatchEvent"));

	/**
	 * Types with another name in Java. GroupVersionKind and GroupResource are names with
	 * parsing and checks in Java, records written by hand; where a document has them as
	 * objects, any part can be missing.
	 */
	private static final Map<TypeName, String> JAVA_NAMES = Map.of(meta("GroupVersionKind"), "KindReference",
			meta("GroupResource"), "ResourceReference");

	/**
	 * Named list types of Go are messages of their own in protobuf, with the elements in
	 * field 1. The extractor shows them as plain lists. (ExtraValue, the other such type,
	 * only occurs as the value of a map.)
	 */
	private static final Set<String> WRAPPED_LISTS = Set.of("meta/v1.APIResource.verbs");

	/**
	 * The struct types that the extractor calls {@code json}: their JSON form is not an
	 * object. Every other field of this type is plain JSON.
	 */
	private static final Map<String, String> JSON_UNIONS = Map.of("apiextensions/v1.JSONSchemaProps.items",
			"JSONSchemaPropsOrArray", "apiextensions/v1.JSONSchemaProps.additionalProperties", "JSONSchemaPropsOrBool",
			"apiextensions/v1.JSONSchemaProps.additionalItems", "JSONSchemaPropsOrBool",
			"apiextensions/v1.JSONSchemaProps.dependencies", "JSONSchemaPropsOrStringArray");

	/**
	 * Verbs of resources whose Go client offers others than current servers do: too many
	 * of component statuses and metrics, and of services not the deletion of a
	 * collection.
	 */
	private static final Map<TypeName, List<String>> VERBS = Map.of(TypeName.parse("core/v1.ComponentStatus"),
			List.of("get", "list"), TypeName.parse("metrics/v1beta1.NodeMetrics"), List.of("get", "list"),
			TypeName.parse("metrics/v1beta1.PodMetrics"), List.of("get", "list"), TypeName.parse("core/v1.Service"),
			List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));

	/**
	 * Subresources that Go's typed clients reach by methods written by hand (the files
	 * {@code *_expansion.go}), and those to which a request is only passed on: neither
	 * has a marker. The clients of these kinds extend a class written by hand, which is
	 * named after the kind: {@code PodExpansion}.
	 */
	private static final Map<TypeName, List<String>> EXPANSIONS = Map.of(TypeName.parse("core/v1.Pod"),
			List.of("binding", "eviction", "log", "proxy"), TypeName.parse("core/v1.Service"), List.of("proxy"),
			TypeName.parse("core/v1.Node"), List.of("proxy"), TypeName.parse("core/v1.Namespace"), List.of("finalize"));

	/**
	 * Text fields with a Java type, written by hand, whose values builders take beside
	 * the text: selectors, and of all enumerated fields only those that programs set by
	 * themselves, and whose values the server will not get more of.
	 */
	private static final Map<String, String> JAVA_TYPES = Map.of("meta/v1.DeleteOptions.propagationPolicy",
			"DeletionPropagation", "meta/v1.ListOptions.labelSelector", "LabelQuery",
			"meta/v1.ListOptions.fieldSelector", "FieldQuery", "meta/v1.ListOptions.shardSelector", "ShardSelector",
			"meta/v1.ListOptions.resourceVersionMatch", "ResourceVersionMatch", "meta/v1.CreateOptions.fieldValidation",
			"FieldValidation", "meta/v1.UpdateOptions.fieldValidation", "FieldValidation",
			"meta/v1.PatchOptions.fieldValidation", "FieldValidation");

	/**
	 * Fields that hold credentials: never part of {@code toString()}.
	 */
	private static final Set<String> SENSITIVE = Set.of("core/v1.Secret.data", "core/v1.Secret.stringData",
			"authentication/v1.TokenReviewSpec.token", "authentication/v1.TokenRequestStatus.token");

	/**
	 * Protobuf fields that Kubernetes removed, but that older servers write in every
	 * message. {@code clusterName} went with 1.25.
	 */
	private static final Map<String, Map<Integer, String>> RETIRED = Map.of("meta/v1.ObjectMeta",
			Map.of(15, "clusterName"));

	/**
	 * Strings that differ between any two objects: looking them up among the repeated
	 * ones is wasted time.
	 */
	private static final Set<String> UNIQUE = Set.of("meta/v1.ObjectMeta.name", "meta/v1.ObjectMeta.uid",
			"meta/v1.ObjectMeta.resourceVersion", "meta/v1.ObjectMeta.selfLink", "core/v1.PodStatus.podIP",
			"core/v1.PodIP.ip", "core/v1.ContainerStatus.containerID", "core/v1.ContainerStateTerminated.containerID",
			"core/v1.ContainerStateTerminated.message", "core/v1.ContainerStateWaiting.message",
			"core/v1.Event.message", "events/v1.Event.note", "core/v1.ObjectReference.uid",
			"core/v1.ObjectReference.resourceVersion", "meta/v1.ListMeta.continue", "meta/v1.ListMeta.resourceVersion");

	/**
	 * Properties whose value, as a whole, is often equal in many objects: in the replicas
	 * of one workload above all. Decoders look such values up by their bytes before they
	 * decode them.
	 */
	private static final Set<String> SHARED = Set.of("meta/v1.ObjectMeta.labels", "meta/v1.ObjectMeta.ownerReferences",
			"core/v1.PodSpec.tolerations", "core/v1.PodSpec.securityContext", "core/v1.PodSpec.affinity",
			"core/v1.PodSpec.topologySpreadConstraints", "core/v1.PodSpec.imagePullSecrets",
			"core/v1.PodSpec.nodeSelector", "core/v1.Container.env", "core/v1.Container.envFrom",
			"core/v1.Container.ports", "core/v1.Container.resources", "core/v1.Container.livenessProbe",
			"core/v1.Container.readinessProbe", "core/v1.Container.startupProbe", "core/v1.Container.securityContext",
			"core/v1.Container.lifecycle", "core/v1.ProjectedVolumeSource.sources", "core/v1.PodStatus.hostIPs",
			"core/v1.ContainerStatus.lastState", "core/v1.ContainerStatus.state", "core/v1.ContainerStatus.resources",
			"core/v1.ContainerStatus.allocatedResources", "core/v1.ContainerStatus.user", "core/v1.ServiceSpec.ports",
			"core/v1.ServiceSpec.selector", "apps/v1.DeploymentSpec.strategy", "discovery/v1.EndpointSlice.ports");

	/**
	 * Types whose values in lists are often equal in many objects, although the lists
	 * differ.
	 */
	private static final Set<TypeName> SHARED_ELEMENTS = Set.of(TypeName.parse("core/v1.Container"),
			TypeName.parse("core/v1.Volume"), TypeName.parse("core/v1.VolumeMount"),
			TypeName.parse("core/v1.PodCondition"));

	/**
	 * Kinds of meta/v1 that the server knows in the legacy version {@code v1} of every
	 * group; the others belong to {@code meta.k8s.io/v1}.
	 */
	private static final Set<String> META_API_KINDS = Set.of("Table", "TableOptions", "PartialObjectMetadata",
			"PartialObjectMetadataList");

	/**
	 * Kinds that also stand inside of other types, with a TypeMeta that nothing checks.
	 */
	private static final Set<TypeName> NESTED_KINDS = Set.of(TypeName.parse("core/v1.PersistentVolumeClaim"),
			meta("APIGroup"), meta("DeleteOptions"));

	private SchemaNotes() {
	}

	private static TypeName meta(String name) {
		return new TypeName("meta", "v1", name);
	}

	/**
	 * Whether a type is generated only where another one refers to it.
	 * @param type the type
	 * @return {@code true} when it is no root
	 */
	static boolean leftOut(TypeName type) {
		return LEFT_OUT.contains(type);
	}

	static boolean handWritten(TypeName type) {
		return type.groupVersion().equals("apiextensions/v1") && JSON_UNIONS.containsValue(type.name());
	}

	static String javaName(TypeName type) {
		return JAVA_NAMES.getOrDefault(type, type.name());
	}

	/**
	 * The simple names of the classes of a package that are not generated.
	 * @param packageName the Java package
	 * @return the names
	 */
	static Set<String> handWrittenNames(String packageName) {
		if (packageName.equals(ApiType.META_PACKAGE)) {
			return Set.of("GroupVersion", "GroupVersionKind", "GroupVersionResource", "GroupResource", "GroupKind",
					"KubernetesObject", "KubernetesList", "ResourceDescriptor", "DeletionPropagation", "FieldQuery",
					"FieldRequirement", "FieldValidation", "InvalidSelectorException", "LabelQuery", "LabelRequirement",
					"ResourceVersionMatch", "ShardSelector");
		}
		return packageName.equals(ApiType.API_PACKAGE + ".apiextensions.v1") ? new HashSet<>(JSON_UNIONS.values())
				: Set.of();
	}

	static boolean wrappedList(TypeName type, Schema.Field field) {
		return WRAPPED_LISTS.contains(type + "." + field.name());
	}

	static @Nullable TypeName jsonUnion(TypeName type, Schema.Field field) {
		String name = JSON_UNIONS.get(type + "." + field.name());
		return (name != null) ? new TypeName(type.group(), type.version(), name) : null;
	}

	static @Nullable List<String> verbs(TypeName kind) {
		return VERBS.get(kind);
	}

	/**
	 * The subresources of a kind that need methods written by hand.
	 * @param kind the kind
	 * @return their names, empty for most kinds
	 */
	static List<String> expansions(TypeName kind) {
		return EXPANSIONS.getOrDefault(kind, List.of());
	}

	/**
	 * The Java type whose {@code toString()} gives values of a field.
	 * @param type the type with the field
	 * @param field the field
	 * @return its simple name, in the package of the type; {@code null} for most fields
	 */
	static @Nullable String javaType(TypeName type, Schema.Field field) {
		return JAVA_TYPES.get(type + "." + field.name());
	}

	static boolean sensitive(TypeName type, Schema.Field field) {
		return SENSITIVE.contains(type + "." + field.name());
	}

	/**
	 * The removed fields of a type.
	 * @param type the type
	 * @return their names by their numbers
	 */
	static Map<Integer, String> retired(TypeName type) {
		return RETIRED.getOrDefault(type.toString(), Map.of());
	}

	static boolean unique(TypeName type, Schema.Field field) {
		return UNIQUE.contains(type + "." + field.name());
	}

	static boolean nestedKind(TypeName type) {
		return NESTED_KINDS.contains(type);
	}

	static boolean shared(TypeName type, Schema.Field field) {
		return SHARED.contains(type + "." + field.name());
	}

	static boolean sharedElement(TypeName type) {
		return SHARED_ELEMENTS.contains(type);
	}

	static boolean metaApiKind(String kind) {
		return META_API_KINDS.contains(kind);
	}

}
