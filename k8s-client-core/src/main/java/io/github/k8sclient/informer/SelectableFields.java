package io.github.k8sclient.informer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.api.batch.v1.Job;
import io.github.k8sclient.api.batch.v1.JobStatus;
import io.github.k8sclient.api.certificates.v1.CertificateSigningRequest;
import io.github.k8sclient.api.certificates.v1.CertificateSigningRequestSpec;
import io.github.k8sclient.api.core.v1.Event;
import io.github.k8sclient.api.core.v1.EventSource;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.NamespaceStatus;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.NodeSpec;
import io.github.k8sclient.api.core.v1.ObjectReference;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodIP;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.api.core.v1.PodStatus;
import io.github.k8sclient.api.core.v1.ReplicationController;
import io.github.k8sclient.api.core.v1.ReplicationControllerStatus;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.api.core.v1.Service;
import io.github.k8sclient.api.core.v1.ServiceSpec;
import io.github.k8sclient.api.resource.v1.ResourceSlice;
import io.github.k8sclient.api.resource.v1.ResourceSliceSpec;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.StringUtils;

/**
 * The fields by which a server selects the objects of a resource, and how they read as
 * text. They are few and fixed for each resource, by the tables of
 * {@code ToSelectableFields} and of field label conversions in the server's source. What
 * has no table of its own is selected by name and namespace, and a custom resource also
 * by the fields that its definition names.
 *
 * @param <T> the type of the objects
 */
final class SelectableFields<T extends KubernetesObject> {

	private static final Map<Class<?>, SelectableFields<?>> TABLE = Map.ofEntries(Map.entry(Pod.class, pods()),
			Map.entry(Event.class, events()),
			Map.entry(io.github.k8sclient.api.events.v1.Event.class, eventsOfTheirOwnGroup()),
			Map.entry(Node.class, nodes()), Map.entry(Namespace.class, namespaces()),
			Map.entry(Secret.class, secrets()), Map.entry(Service.class, services()),
			Map.entry(ReplicationController.class, replicationControllers()), Map.entry(Job.class, jobs()),
			Map.entry(CertificateSigningRequest.class, certificateSigningRequests()),
			Map.entry(ResourceSlice.class, resourceSlices()));

	/** What custom resources need to be looked at for, each once. */
	private static final Map<ResourceDescriptor<?>, SelectableFields<?>> CUSTOM = new ConcurrentReferenceHashMap<>(16,
			ConcurrentReferenceHashMap.ReferenceType.WEAK);

	private final Map<String, Function<? super T, String>> fields = new LinkedHashMap<>();

	private String advice = "";

	private SelectableFields() {
		with("metadata.name", (object) -> object.metadata().name());
	}

	/**
	 * Return the fields of a resource.
	 * @param resource the resource
	 * @param <T> the type of the objects
	 * @return the fields
	 * @throws IllegalArgumentException if the class of a custom resource does not keep a
	 * field that is said to be selectable
	 */
	// the tables hold the fields of a class and of a resource under these
	@SuppressWarnings("unchecked")
	static <T extends KubernetesObject> SelectableFields<T> of(ResourceDescriptor<T> resource) {
		SelectableFields<?> fields = TABLE.get(resource.type());
		if (fields == null) {
			fields = (BuiltInResources.find(resource.resource()) != null) ? builtIn(resource)
					: CUSTOM.computeIfAbsent(resource, SelectableFields::custom);
		}
		return (SelectableFields<T>) fields;
	}

	private static SelectableFields<?> builtIn(ResourceDescriptor<?> resource) {
		SelectableFields<?> fields = new SelectableFields<>().withNamespace();
		if (BuiltInResources.find(resource.type()) == null) {
			fields.advice = ". Others that the server may know are read from objects of the class of " + resource
					+ " only, not from " + resource.type().getSimpleName();
		}
		return fields;
	}

	private static <T extends KubernetesObject> SelectableFields<T> custom(ResourceDescriptor<T> resource) {
		SelectableFields<T> fields = new SelectableFields<>();
		if (resource.namespaced()) {
			fields.withNamespace();
		}
		resource.selectableFields().forEach((name) -> fields.fields.put(name, CustomField.of(resource, name)));
		fields.advice = (resource.type() == PartialObjectMetadata.class) ? ". Others are not read from metadata only"
				: ". Others that the definition of " + resource + " makes selectable are not known here: name them "
						+ "in @CustomResource(selectableFields), or in the ResourceDescriptor of the informer";
		return fields;
	}

	/**
	 * Return what reads a field.
	 * @param name the name of the field
	 * @return gives the text of the field, empty if an object has none
	 * @throws IllegalArgumentException if the server does not select by this field
	 */
	Function<? super T, String> get(String name) {
		Function<? super T, String> field = this.fields.get(name);
		if (field == null) {
			throw new IllegalArgumentException(
					"Field label not supported: '" + name + "', only " + this.fields.keySet() + this.advice);
		}
		return field;
	}

	private SelectableFields<T> withNamespace() {
		return with("metadata.namespace", (object) -> object.metadata().namespace());
	}

	private SelectableFields<T> with(String name, Function<? super T, @Nullable Object> value) {
		this.fields.put(name, (object) -> Objects.toString(value.apply(object), ""));
		return this;
	}

	private static <P> @Nullable Object in(@Nullable P part, Function<P, @Nullable Object> value) {
		return (part != null) ? value.apply(part) : null;
	}

	private static <P> Object flagIn(@Nullable P part, Function<P, @Nullable Boolean> value) {
		return part != null && Boolean.TRUE.equals(value.apply(part));
	}

	private static <P> Object numberIn(@Nullable P part, Function<P, @Nullable Integer> value) {
		Integer number = (part != null) ? value.apply(part) : null;
		return (number != null) ? number : 0;
	}

	private static SelectableFields<Pod> pods() {
		return new SelectableFields<Pod>().withNamespace()
			.with("spec.nodeName", (pod) -> in(pod.spec(), PodSpec::nodeName))
			// what very old clients call it
			.with("spec.host", (pod) -> in(pod.spec(), PodSpec::nodeName))
			.with("spec.restartPolicy", (pod) -> in(pod.spec(), PodSpec::restartPolicy))
			.with("spec.schedulerName", (pod) -> in(pod.spec(), PodSpec::schedulerName))
			.with("spec.serviceAccountName", (pod) -> in(pod.spec(), PodSpec::serviceAccountName))
			.with("spec.hostNetwork", (pod) -> flagIn(pod.spec(), PodSpec::hostNetwork))
			.with("status.phase", (pod) -> in(pod.status(), PodStatus::phase))
			.with("status.podIP", (pod) -> in(pod.status(), SelectableFields::podIP))
			// the server takes the field, but gives it no value
			.with("status.podIPs", (pod) -> null)
			.with("status.nominatedNodeName", (pod) -> in(pod.status(), PodStatus::nominatedNodeName));
	}

	private static @Nullable Object podIP(PodStatus status) {
		return status.podIPs().stream().findFirst().map(PodIP::ip).orElse(status.podIP());
	}

	private static SelectableFields<Event> events() {
		SelectableFields<Event> fields = new SelectableFields<Event>().withNamespace()
			.withReference("involvedObject", Event::involvedObject);
		return fields.with("reason", Event::reason)
			.with("reportingComponent", Event::reportingComponent)
			.with("source", SelectableFields::source)
			.with("type", Event::type);
	}

	private static @Nullable Object source(Event event) {
		EventSource source = event.source();
		String component = (source != null) ? source.component() : null;
		return StringUtils.hasLength(component) ? component : event.reportingComponent();
	}

	private static SelectableFields<io.github.k8sclient.api.events.v1.Event> eventsOfTheirOwnGroup() {
		return new SelectableFields<io.github.k8sclient.api.events.v1.Event>().withNamespace()
			.withReference("regarding", io.github.k8sclient.api.events.v1.Event::regarding)
			.with("reason", io.github.k8sclient.api.events.v1.Event::reason)
			.with("reportingController", io.github.k8sclient.api.events.v1.Event::reportingController)
			.with("type", io.github.k8sclient.api.events.v1.Event::type);
	}

	private SelectableFields<T> withReference(String prefix, Function<T, @Nullable ObjectReference> reference) {
		return with(prefix + ".kind", (event) -> in(reference.apply(event), ObjectReference::kind))
			.with(prefix + ".namespace", (event) -> in(reference.apply(event), ObjectReference::namespace))
			.with(prefix + ".name", (event) -> in(reference.apply(event), ObjectReference::name))
			.with(prefix + ".uid", (event) -> in(reference.apply(event), ObjectReference::uid))
			.with(prefix + ".apiVersion", (event) -> in(reference.apply(event), ObjectReference::apiVersion))
			.with(prefix + ".resourceVersion", (event) -> in(reference.apply(event), ObjectReference::resourceVersion))
			.with(prefix + ".fieldPath", (event) -> in(reference.apply(event), ObjectReference::fieldPath));
	}

	private static SelectableFields<Node> nodes() {
		return new SelectableFields<Node>().with("spec.unschedulable",
				(node) -> flagIn(node.spec(), NodeSpec::unschedulable));
	}

	private static SelectableFields<Namespace> namespaces() {
		return new SelectableFields<Namespace>().with("status.phase",
				(namespace) -> in(namespace.status(), NamespaceStatus::phase));
	}

	private static SelectableFields<Secret> secrets() {
		return new SelectableFields<Secret>().withNamespace().with("type", Secret::type);
	}

	private static SelectableFields<Service> services() {
		return new SelectableFields<Service>().withNamespace()
			.with("spec.clusterIP", (service) -> in(service.spec(), ServiceSpec::clusterIP))
			.with("spec.type", (service) -> in(service.spec(), ServiceSpec::type));
	}

	private static SelectableFields<ReplicationController> replicationControllers() {
		return new SelectableFields<ReplicationController>().withNamespace()
			.with("status.replicas",
					(controller) -> numberIn(controller.status(), ReplicationControllerStatus::replicas));
	}

	private static SelectableFields<Job> jobs() {
		return new SelectableFields<Job>().withNamespace()
			.with("status.successful", (job) -> numberIn(job.status(), JobStatus::succeeded));
	}

	private static SelectableFields<CertificateSigningRequest> certificateSigningRequests() {
		return new SelectableFields<CertificateSigningRequest>().with("spec.signerName",
				(request) -> in(request.spec(), CertificateSigningRequestSpec::signerName));
	}

	private static SelectableFields<ResourceSlice> resourceSlices() {
		return new SelectableFields<ResourceSlice>()
			.with("spec.nodeName", (slice) -> in(slice.spec(), ResourceSliceSpec::nodeName))
			.with("spec.driver", (slice) -> in(slice.spec(), ResourceSliceSpec::driver));
	}

}
