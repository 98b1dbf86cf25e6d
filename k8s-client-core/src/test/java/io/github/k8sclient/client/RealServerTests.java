package io.github.k8sclient.client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.ConflictException;
import io.github.k8sclient.InvalidException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientConfigurationLoader;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.discovery.ServerResource;
import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.DeleteOptions;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.Preconditions;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests against a real API server: that of the kubeconfig in the system property
 * {@code k8s.client.test.kubeconfig}.
 */
@EnabledIfSystemProperty(named = "k8s.client.test.kubeconfig", matches = ".+")
@TestInstance(Lifecycle.PER_CLASS)
class RealServerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final JsonMapper mapper = JsonMapper.shared();

	private final String namespace = "rest-" + UUID.randomUUID().toString().substring(0, 8);

	private final Map<ContentTypePreference, RESTClient> clients = new HashMap<>();

	@BeforeAll
	void connect() {
		ClientConfiguration configuration = ClientConfigurationLoader.builder()
			.kubeconfig(Path.of(System.getProperty("k8s.client.test.kubeconfig")))
			.build()
			.load();
		for (ContentTypePreference preference : ContentTypePreference.values()) {
			this.clients.put(preference, RESTClient.create(configuration.toBuilder().contentType(preference).build()));
		}
		namespaces().create(Namespace.builder().metadata((metadata) -> metadata.name(this.namespace)).build())
			.block(TIMEOUT);
	}

	@AfterAll
	void disconnect() {
		namespaces().delete(this.namespace).block(TIMEOUT);
		this.clients.values().forEach((client) -> client.close().block(TIMEOUT));
	}

	private ResourceClient<Namespace> namespaces() {
		return new ResourceClient<>(this.clients.get(ContentTypePreference.PROTOBUF), Namespace.RESOURCE, null);
	}

	private ResourceClient<ConfigMap> configMaps(ContentTypePreference preference) {
		return new ResourceClient<>(this.clients.get(preference), ConfigMap.RESOURCE, this.namespace);
	}

	@TestFactory
	List<DynamicTest> readsAndWritesAllThatTheServerHas() {
		RESTClient json = this.clients.get(ContentTypePreference.JSON);
		Set<GroupVersionResource> served = DiscoveryClient.create(json)
			.serverResources()
			.filter((resource) -> resource.verbs().contains("list"))
			.map(ServerResource::resource)
			.collect(Collectors.toSet())
			.block(TIMEOUT);
		List<DynamicTest> tests = new ArrayList<>();
		for (ResourceDescriptor<?> resource : BuiltInResources.all()) {
			if (served.contains(resource.resource())) {
				tests.add(DynamicTest.dynamicTest(resource.toString(), () -> readsAndWrites(resource)));
			}
		}
		assertThat(tests).hasSizeGreaterThan(30);
		return tests;
	}

	private <T extends KubernetesObject> void readsAndWrites(ResourceDescriptor<T> resource) {
		RESTClient json = this.clients.get(ContentTypePreference.JSON);
		JsonNode raw = mapper.readTree(json.get().resource(resource.resource()).raw().block(TIMEOUT));
		Map<String, T> objects = new HashMap<>();
		for (JsonNode item : raw.path("items")) {
			((ObjectNode) item).put("kind", resource.kind().kind())
				.put("apiVersion", resource.kind().groupVersion().toString());
			T object = ObjectDecoder.decode(resource.codec(), WireFormat.JSON, mapper.writeValueAsBytes(item),
					DecodingOptions.defaults());
			byte[] again = ObjectDecoder.encode(resource.codec(), object, WireFormat.JSON).bytes();
			assertThat(withoutNulls(mapper.readTree(again))).isEqualTo(withoutNulls(item));
			objects.put(version(object), object);
		}
		KubernetesList<T> list = new ResourceClient<>(this.clients.get(ContentTypePreference.PROTOBUF), resource, null)
			.list()
			.block(TIMEOUT);
		assertThat(list.kind()).isEqualTo(resource.listKind());
		for (T object : list.items()) {
			T same = objects.get(version(object));
			// Not the objects: protobuf of old servers has fields that have gone from the
			// API
			if (same != null) {
				assertThat(json(resource, object)).isEqualTo(json(resource, same));
			}
			byte[] encoded = ObjectDecoder.encode(resource.codec(), object, WireFormat.PROTOBUF).bytes();
			assertThat(ObjectDecoder.decode(resource.codec(), WireFormat.PROTOBUF, encoded, DecodingOptions.defaults()))
				.isEqualTo(object);
		}
	}

	private static <T extends KubernetesObject> String json(ResourceDescriptor<T> resource, T object) {
		JsonWriter out = new JsonWriter();
		resource.codec().writeJson(object, out);
		// In protobuf, the templates of a StatefulSet do not tell their type
		return new String(out.toByteArray(), StandardCharsets.UTF_8)
			.replace("{\"kind\":\"PersistentVolumeClaim\",\"apiVersion\":\"v1\",\"metadata\"", "{\"metadata\"");
	}

	// Null is absent, in Go and here
	private static JsonNode withoutNulls(JsonNode node) {
		if (node instanceof ObjectNode object) {
			object.properties().removeIf((member) -> member.getValue().isNull());
		}
		node.forEach(RealServerTests::withoutNulls);
		return node;
	}

	private static String version(KubernetesObject object) {
		return object.metadata().namespace() + "/" + object.metadata().name() + "@"
				+ object.metadata().resourceVersion();
	}

	@ParameterizedTest
	@EnumSource
	void createsReadsChangesAndDeletes(ContentTypePreference preference) {
		ResourceClient<ConfigMap> configMaps = configMaps(preference);
		String name = "all-" + preference.name().toLowerCase();

		ConfigMap created = configMaps.create(configMap(name)).block(TIMEOUT);
		assertThat(created.metadata().uid()).isNotEmpty();
		assertThat(created.data()).containsEntry("k", "ü");
		assertThat(configMaps.get(name).block(TIMEOUT)).isEqualTo(created);
		assertThatExceptionOfType(AlreadyExistsException.class)
			.isThrownBy(() -> configMaps.create(configMap(name)).block(TIMEOUT));

		ConfigMap updated = configMaps.update(created.toBuilder().data(Map.of("k", "2")).build()).block(TIMEOUT);
		assertThat(updated.data()).containsOnly(Map.entry("k", "2"));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> configMaps.update(created).block(TIMEOUT))
			.withMessageContaining("PUT /api/v1/namespaces/" + this.namespace + "/configmaps/" + name);
		ConfigMap retried = KubernetesRetry
			.onConflict(() -> configMaps.get(name)
				.map((read) -> read.toBuilder().putData("again", "yes").build())
				.flatMap(configMaps::update))
			.block(TIMEOUT);
		assertThat(retried.data()).containsOnlyKeys("k", "again");

		Map<String, Object> change = new HashMap<>();
		change.put("again", null);
		change.put("patched", "yes");
		assertThat(configMaps.patch(name, Patch.merge(Map.of("data", change))).block(TIMEOUT).data())
			.containsOnlyKeys("k", "patched");
		assertThat(configMaps.patch(name, Patch.strategicMerge("{\"data\":{\"k\":\"3\"}}")).block(TIMEOUT).data())
			.containsEntry("k", "3");
		assertThat(configMaps.patch(name, Patch.json(List.of(Map.of("op", "remove", "path", "/data/patched"))))
			.block(TIMEOUT)
			.data()).containsOnlyKeys("k");

		DeleteOptions wrongUid = DeleteOptions.builder()
			.preconditions(Preconditions.builder().uid(UUID.randomUUID().toString()).build())
			.build();
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> configMaps.delete(name, wrongUid).block(TIMEOUT));
		configMaps
			.delete(name,
					DeleteOptions.builder()
						.propagationPolicy("Background")
						.preconditions(Preconditions.builder().uid(created.metadata().uid()).build())
						.build())
			.block(TIMEOUT);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> configMaps.get(name).block(TIMEOUT))
			.withMessageContaining("configmaps \"" + name + "\" not found (404 NotFound)");
	}

	@ParameterizedTest
	@EnumSource
	void listsWatchesAndDeletesByLabel(ContentTypePreference preference) {
		ResourceClient<ConfigMap> configMaps = configMaps(preference);
		String label = "watched-" + preference.name().toLowerCase();
		ListOptions selection = ListOptions.builder().labelSelector("test=" + label).build();
		KubernetesList<ConfigMap> empty = configMaps.list(selection).block(TIMEOUT);
		assertThat(empty.items()).isEmpty();
		ListOptions from = selection.toBuilder()
			.resourceVersion(empty.metadata().resourceVersion())
			.timeoutSeconds(60L)
			.build();

		StepVerifier.create(configMaps.watch(from))
			.then(() -> configMaps.create(labelled("one", label)).block(TIMEOUT))
			.assertNext((event) -> assertEvent(event, WatchEvent.Type.ADDED, label + "-one"))
			.then(() -> configMaps.patch(label + "-one", Patch.merge("{\"data\":{\"x\":\"1\"}}")).block(TIMEOUT))
			.assertNext((event) -> assertEvent(event, WatchEvent.Type.MODIFIED, label + "-one"))
			.then(() -> configMaps.create(labelled("two", label)).block(TIMEOUT))
			.assertNext((event) -> assertEvent(event, WatchEvent.Type.ADDED, label + "-two"))
			.then(() -> configMaps.delete(label + "-one").block(TIMEOUT))
			.assertNext((event) -> assertEvent(event, WatchEvent.Type.DELETED, label + "-one"))
			.thenCancel()
			.verify(TIMEOUT);

		configMaps.create(labelled("three", label)).block(TIMEOUT);
		KubernetesList<ConfigMap> page = configMaps.list(selection.toBuilder().limit(1L).build()).block(TIMEOUT);
		assertThat(page.items()).hasSize(1);
		assertThat(page.metadata().continue_()).isNotEmpty();
		configMaps.deleteCollection(DeleteOptions.builder().build(), selection).block(TIMEOUT);
		assertThat(configMaps.list(selection).block(TIMEOUT).items()).isEmpty();
	}

	private static void assertEvent(WatchEvent<ConfigMap> event, WatchEvent.Type type, String name) {
		assertThat(event.type()).isEqualTo(type);
		assertThat(Objects.requireNonNull(event.object()).metadata().name()).isEqualTo(name);
	}

	@ParameterizedTest
	@EnumSource
	void completesAWatchThatTheServerEnds(ContentTypePreference preference) {
		StepVerifier
			.create(configMaps(preference).watch(ListOptions.builder().timeoutSeconds(1L).build()).ignoreElements())
			.expectComplete()
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@EnumSource
	void carriesWhatTheServerFindsInvalid(ContentTypePreference preference) {
		ResourceClient<Pod> pods = new ResourceClient<>(this.clients.get(preference), Pod.RESOURCE, this.namespace);
		Pod invalid = Pod.builder().metadata((metadata) -> metadata.name("x")).build();

		assertThatExceptionOfType(InvalidException.class).isThrownBy(() -> pods.create(invalid).block(TIMEOUT))
			.satisfies(
					(ex) -> assertThat(ex.causes()).extracting((cause) -> cause.field()).contains("spec.containers"));
	}

	@ParameterizedTest
	@EnumSource
	void keepsNothingOfADryRun(ContentTypePreference preference) {
		ResourceClient<ConfigMap> configMaps = configMaps(preference);
		CreateOptions dryRun = CreateOptions.builder().dryRun(List.of("All")).build();

		assertThat(configMaps.create(configMap("dry"), dryRun).block(TIMEOUT).metadata().uid()).isNotEmpty();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> configMaps.get("dry").block(TIMEOUT));
	}

	@ParameterizedTest
	@EnumSource
	void replacesTheStatusAlone(ContentTypePreference preference) {
		ResourceClient<Namespace> namespaces = namespaces();
		Namespace namespace = namespaces.get(this.namespace).block(TIMEOUT);
		String label = preference.name();

		Namespace updated = namespaces.updateStatus(
				namespace.toBuilder().metadata(namespace.metadata().toBuilder().putLabel("l", label).build()).build())
			.block(TIMEOUT);

		assertThat(updated.status().phase()).isEqualTo("Active");
	}

	@ParameterizedTest
	@EnumSource
	void findsResourcesByTheNamesThatPeopleUse(ContentTypePreference preference) {
		DiscoveryClient discovery = DiscoveryClient.create(this.clients.get(preference));

		assertThat(discovery.serverVersion().block(TIMEOUT).gitVersion()).startsWith("v1.");
		for (String name : List.of("deployments.apps", "deployments.v1.apps", "deploy", "Deployment", "deployment",
				"Deployment.apps", "DEPLOY.v1.apps")) {
			ServerResource found = discovery.find(name).block(TIMEOUT);
			assertThat(found).as(name).isNotNull();
			assertThat(found.resource()).as(name).isEqualTo(GroupVersionResource.of("apps", "v1", "deployments"));
			assertThat(found.watchable()).isTrue();
			assertThat(found.namespaced()).isTrue();
		}
		assertThat(discovery.find("po").block(TIMEOUT).resource()).isEqualTo(Pod.RESOURCE.resource());
		assertThat(discovery.find("pods.v1").block(TIMEOUT).kind()).isEqualTo(Pod.RESOURCE.kind());
		assertThat(discovery.find("nothing").blockOptional(TIMEOUT)).isEmpty();
		assertThat(discovery.find("deployments.nothing").blockOptional(TIMEOUT)).isEmpty();
	}

	private static ConfigMap configMap(String name) {
		return ConfigMap.builder().metadata((metadata) -> metadata.name(name)).data(Map.of("k", "ü")).build();
	}

	private static ConfigMap labelled(String name, String label) {
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.name(label + "-" + name).labels(Map.of("test", label)))
			.build();
	}

}
