package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InformerSpec;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.MutationCache;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PartialObjectMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What informers answer is what the server would.
 */
@ConformanceTest
class CachedReadsConformanceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Parameter
	ConformanceServer server;

	private SharedInformerFactory factory;

	private String namespace;

	@BeforeEach
	void createFactory() {
		this.factory = SharedInformerFactory.create(this.server.clientset());
		this.namespace = this.server.newNamespace();
	}

	@AfterEach
	void stopInformers() {
		this.factory.stop().block(TIMEOUT);
	}

	@Test
	void selectorsMatchAsOnTheServer() {
		ResourceClient<Secret> secrets = this.server.clientset().coreV1().secrets(this.namespace);
		createSecret(secrets, "a", "example.com/one", Map.of("app", "demo", "tier", "web"));
		createSecret(secrets, "b", "example.com/one", Map.of("app", "demo"));
		createSecret(secrets, "c", "example.com/two", Map.of("tier", "cache"));
		createSecret(secrets, "d", "Opaque", Map.of());
		SharedInformer<Secret> informer = start(this.factory.forResource(Secret.class)
			.inNamespace(this.namespace)
			.withFieldSelector("type!=kubernetes.io/service-account-token")
			.informer());
		// a first list may be of a cache that is behind
		Awaitility.await().atMost(TIMEOUT).until(() -> informer.store().size() == 4);

		for (String labels : List.of("", "app", "!app", "app=demo", "app!=demo", "tier in (web, cache)",
				"tier notin (web)", "app=demo,tier")) {
			for (String fields : List.of("", "metadata.name=a", "metadata.name!=a", "type=example.com/one",
					"type!=example.com/one,metadata.name!=d", "metadata.namespace=" + this.namespace,
					"metadata.namespace!=" + this.namespace)) {
				Set<String> expected = secrets
					.list(ListOptions.builder()
						.labelSelector(labels)
						.fieldSelector(
								"type!=kubernetes.io/service-account-token" + (fields.isEmpty() ? "" : "," + fields))
						.build())
					.map((list) -> names(list.items()))
					.block(TIMEOUT);
				assertThat(names(informer.lister().list(labels, fields))).as("labels '%s', fields '%s'", labels, fields)
					.isEqualTo(expected);
			}
		}
	}

	@Test
	void builtQueriesMatchAsOnTheServer() {
		ResourceClient<Secret> secrets = this.server.clientset().coreV1().secrets(this.namespace);
		createSecret(secrets, "a", "a,b=c\\d", Map.of("app", "demo", "size", "5"));
		createSecret(secrets, "b", "example.com/one", Map.of("app", "", "size", "big"));
		createSecret(secrets, "c", "example.com/one", Map.of("size", "7"));
		SharedInformer<Secret> informer = start(this.factory.forResource(Secret.class)
			.inNamespace(this.namespace)
			.withFieldSelector(FieldQuery.where("metadata.name").isNot("none"))
			.withLabelSelector(LabelQuery.where("size").exists())
			.informer());

		for (LabelQuery labels : List.of(LabelQuery.where("app").is("demo"), LabelQuery.where("app").is(""),
				LabelQuery.where("app").isNot(""), LabelQuery.where("app").in("demo", "other"),
				LabelQuery.where("app").notIn("", "other"), LabelQuery.where("app").doesNotExist(),
				LabelQuery.where("size").greaterThan(4).and("size").lessThan(7))) {
			for (FieldQuery fields : List.of(FieldQuery.everything(), FieldQuery.where("type").is("a,b=c\\d"),
					FieldQuery.where("type").isNot("a,b=c\\d").and("metadata.name").is("b"))) {
				Set<String> expected = secrets.list(
						ListOptions.builder().labelSelector(labels.and("size").exists()).fieldSelector(fields).build())
					.map((list) -> names(list.items()))
					.block(TIMEOUT);
				assertThat(names(informer.lister().list(labels, fields))).as("labels '%s', fields '%s'", labels, fields)
					.isEqualTo(expected);
			}
		}
	}

	@Test
	void selectableFieldsOfCustomResourcesMatchAsOnTheServer() {
		this.server.assumeRelease(31, "no selectableFields");
		String group = CustomResources.newGroup();
		CustomResources.define(this.server, CustomResources.widgets(group, """
				{"type":"object","properties":{"color":{"type":"string"},"size":{"type":"integer"},
				"on":{"type":"boolean"}}}""").replace("\"subresources\"", """
				"selectableFields":[{"jsonPath":".spec.color"},{"jsonPath":".spec.size"},{"jsonPath":".spec.on"},
				{"jsonPath":".status.replicas"}],"subresources\""""));
		String widgets = "/apis/%s/v1/namespaces/%s/widgets".formatted(group, this.namespace);
		for (String spec : List.of("{\"color\":\"red\",\"size\":3,\"on\":true}",
				"{\"color\":\"blue\",\"size\":0,\"on\":false}", "{\"size\":-1}", "{}")) {
			this.server.post(widgets,
					"{\"apiVersion\":\"%s/v1\",\"kind\":\"Widget\",\"metadata\":{\"generateName\":\"w-\"},\"spec\":%s}"
						.formatted(group, spec))
				.expect(201);
		}
		SharedInformer<Unstructured> all = start(widgets(group).informer());
		SharedInformer<Unstructured> red = start(widgets(group).withFieldSelector("spec.color=red").informer());
		Awaitility.await().atMost(TIMEOUT).until(() -> all.store().size() == 4 && red.store().size() == 1);

		for (String fields : List.of("spec.color=red", "spec.color!=red", "spec.color=", "spec.size=3", "spec.size=0",
				"spec.size=-1", "spec.size!=", "spec.on=true", "spec.on=false", "spec.on=,spec.size=",
				"status.replicas=", "status.replicas=0", "metadata.namespace=" + this.namespace)) {
			Set<String> expected = Set.copyOf(this.server.get(widgets + "?fieldSelector=" + fields).itemNames());

			assertThat(names(all.lister().list("", fields))).as(fields).isEqualTo(expected);
		}
		this.server.get(widgets + "?fieldSelector=spec.none=a")
			.expectFailure(400, "BadRequest", "field label not supported: spec.none");
		// what ceases to match is gone
		String name = red.store().list().get(0).metadata().name();
		this.server.patch(widgets + "/" + name, "{\"spec\":{\"color\":\"green\"}}").expect(200);
		Awaitility.await().atMost(TIMEOUT).until(() -> red.store().size() == 0);
	}

	private InformerSpec<Unstructured> widgets(String group) {
		return this.factory
			.forResource(Unstructured.descriptor(GroupVersionResource.of(group, "v1", "widgets"), "Widget")
				.selectableFields(".spec.color", ".spec.size", ".spec.on", ".status.replicas")
				.build())
			.inNamespace(this.namespace);
	}

	@Test
	void definitionIsRefusedForFieldsThatCannotBeSelected() {
		this.server.assumeRelease(31, "no selectableFields");
		String definition = CustomResources.widgets(CustomResources.newGroup(), """
				{"type":"object","properties":{"color":{"type":"string"},"parts":{"type":"array",
				"items":{"type":"string"}},"limits":{"type":"object","additionalProperties":{"type":"string"}}}}""");

		assertThat(refused(definition, ".spec.none")).isEqualTo("is an invalid path: does not refer to a valid field");
		assertThat(refused(definition, "spec.color")).isEqualTo("is an invalid path: expected [ or . but got: spec");
		assertThat(refused(definition, ".spec['color']"))
			.isEqualTo("is an invalid path: array notation is not allowed");
		assertThat(refused(definition, ".spec.parts")).startsWith("must point to a field of type string");
		assertThat(refused(definition, ".spec.limits")).startsWith("must point to a field of type string");
	}

	private String refused(String definition, String path) {
		Answer answer = this.server
			.post(CustomResources.DEFINITIONS,
					definition.replace("\"subresources\"",
							"\"selectableFields\":[{\"jsonPath\":\"%s\"}],\"subresources\"".formatted(path)))
			.expectFailure(422, "Invalid");
		assertThat(answer.causes()).containsExactly("FieldValueInvalid spec.selectableFields[0].jsonPath");
		return answer.at("/details/causes/0/message").asString().replace("Invalid value: \"" + path + "\": ", "");
	}

	@Test
	void metadataIsFollowedWithoutTheRest() {
		ResourceClient<ConfigMap> maps = this.server.clientset().coreV1().configMaps(this.namespace);
		create(maps, "a", "one");
		InformerOptions paged = InformerOptions.defaults().withInitialList(InitialListStrategy.PAGED_LIST);
		SharedInformer<PartialObjectMetadata> informer = start(
				this.factory.forMetadata(ConfigMap.class).inNamespace(this.namespace).informer());
		SharedInformer<PartialObjectMetadata> listed = start(this.factory.forMetadata(ConfigMap.class)
			.inNamespace(this.namespace)
			.withLabelSelector("value=one")
			.withOptions(paged)
			.informer());

		Awaitility.await().atMost(TIMEOUT).until(() -> listed.lister().namespace(this.namespace).get("a").isPresent());
		update(maps, "a", "two");
		create(maps, "b", "one");
		maps.delete("b").block(TIMEOUT);

		Awaitility.await().atMost(TIMEOUT).until(() -> informer.status().counters().deleted() == 1);
		Awaitility.await()
			.atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(names(informer.lister().list("value=two"))).containsExactly("a"));
		Awaitility.await().atMost(TIMEOUT).until(() -> listed.store().size() == 0);
	}

	@Test
	void ownWritesAreReadAtOnceAndTheirVersionsCanBeWaitedFor() {
		ResourceClient<ConfigMap> maps = this.server.clientset().coreV1().configMaps(this.namespace);
		SharedInformer<ConfigMap> informer = start(
				this.factory.forResource(ConfigMap.class).inNamespace(this.namespace).informer());
		MutationCache<ConfigMap> cache = informer.mutationCache();

		cache.updated(create(maps, "a", "one"));
		assertThat(cache.lister().namespace(this.namespace).get("a")).isPresent();
		for (int i = 0; i < 10; i++) {
			ConfigMap updated = cache.updated(update(maps, "a", "value-" + i));
			assertThat(cache.lister().namespace(this.namespace).get("a")).contains(updated);
		}
		ConfigMap last = update(maps, "a", "last");
		String version = last.metadata().resourceVersion();

		assertThat(informer.lister().namespace(this.namespace).getAtLeast("a", version).block(TIMEOUT)).isEqualTo(last);
		informer.store().atLeast(version).block(TIMEOUT);
		Awaitility.await().atMost(TIMEOUT).until(() -> cache.pending() == 0);
	}

	@Test
	void severalNamespacesAreOne() {
		String other = this.server.newNamespace();
		ResourceClient<ConfigMap> maps = this.server.clientset().coreV1().configMaps(this.namespace);
		ResourceClient<ConfigMap> others = this.server.clientset().coreV1().configMaps(other);
		create(maps, "a", "one");
		SharedInformer<ConfigMap> informer = start(this.factory.forResource(ConfigMap.class)
			.inNamespaces(this.namespace, other)
			.withLabelSelector("value")
			.informer());

		create(others, "b", "two");

		Awaitility.await().atMost(TIMEOUT).until(() -> informer.store().size() == 2);
		assertThat(informer.lister().namespace(other).get("b")).isPresent();
	}

	private <T extends KubernetesObject> SharedInformer<T> start(SharedInformer<T> informer) {
		informer.start();
		informer.whenSynced(TIMEOUT).block(TIMEOUT);
		return informer;
	}

	private void createSecret(ResourceClient<Secret> secrets, String name, String type, Map<String, String> labels) {
		secrets.create(Secret.builder().metadata((metadata) -> metadata.name(name).labels(labels)).type(type).build())
			.block(TIMEOUT);
	}

	private ConfigMap create(ResourceClient<ConfigMap> maps, String name, String value) {
		return maps
			.create(ConfigMap.builder()
				.metadata((metadata) -> metadata.name(name).labels(Map.of("value", value)))
				.data(Map.of("value", value))
				.build())
			.block(TIMEOUT);
	}

	private ConfigMap update(ResourceClient<ConfigMap> maps, String name, String value) {
		return maps.get(name)
			.map((map) -> map.toBuilder()
				.metadata(map.metadata().toBuilder().labels(Map.of("value", value)).build())
				.data(Map.of("value", value))
				.build())
			.flatMap(maps::update)
			.block(TIMEOUT);
	}

	private static Set<String> names(List<? extends KubernetesObject> objects) {
		return objects.stream().map((object) -> String.valueOf(object.metadata().name())).collect(Collectors.toSet());
	}

}
