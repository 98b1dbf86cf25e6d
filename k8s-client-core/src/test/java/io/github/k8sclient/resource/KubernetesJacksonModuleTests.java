package io.github.k8sclient.resource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.api.core.v1.Secret;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.value.Bytes;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KubernetesJacksonModule}.
 */
class KubernetesJacksonModuleTests {

	private static final ConfigMap CONFIG_MAP = ConfigMap.builder()
		.metadata((metadata) -> metadata.name("settings").namespace("shop"))
		.putData("colour", "grün")
		.build();

	private static final String CONFIG_MAP_JSON = """
			{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"settings","namespace":"shop"},\
			"data":{"colour":"grün"}}""";

	private final JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();

	@Test
	void isFoundByMappersThatLookForModules() {
		assertThat(this.mapper.registeredModules()).hasAtLeastOneElementOfType(KubernetesJacksonModule.class);
		assertThat(JsonMapper.builder().build().writeValueAsString(new Settings(CONFIG_MAP, null)))
			.doesNotContain("ConfigMap");
	}

	@Test
	void objectIsWrittenAndReadInTheFormOfTheApi() {
		String json = this.mapper.writeValueAsString(CONFIG_MAP);

		assertThat(json).isEqualTo(CONFIG_MAP_JSON);
		assertThat(this.mapper.readValue(json, ConfigMap.class)).isEqualTo(CONFIG_MAP);
		assertThat(this.mapper.readValue(json.getBytes(StandardCharsets.UTF_8), ConfigMap.class)).isEqualTo(CONFIG_MAP);
	}

	@Test
	void unknownMembersAreKept() {
		String json = """
				{"kind":"ConfigMap","apiVersion":"v1","metadata":{},"later":{"ratio":1.10,"n":null}}""";

		assertThat(this.mapper.writeValueAsString(this.mapper.readValue(json, ConfigMap.class))).isEqualTo(json);
	}

	@Test
	void objectsStandInsideOfTheApplicationsOwn() {
		Settings settings = new Settings(CONFIG_MAP, List.of(CONFIG_MAP, CONFIG_MAP));

		String json = this.mapper.writeValueAsString(settings);

		assertThat(json).isEqualTo(
				"{\"first\":" + CONFIG_MAP_JSON + ",\"others\":[" + CONFIG_MAP_JSON + "," + CONFIG_MAP_JSON + "]}");
		assertThat(this.mapper.readValue(json, Settings.class)).isEqualTo(settings);
	}

	@Test
	void listIsWrittenAndReadInTheFormOfTheApi() {
		KubernetesList<ConfigMap> list = new KubernetesList<>("v1", "ConfigMapList",
				ListMeta.builder().resourceVersion("7").build(), List.of(CONFIG_MAP));

		String json = this.mapper.writeValueAsString(list);

		assertThat(json).isEqualTo(
				"{\"apiVersion\":\"v1\",\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":["
						+ CONFIG_MAP_JSON + "]}");
		assertThat(this.mapper.readValue(json, new TypeReference<KubernetesList<ConfigMap>>() {
		})).isEqualTo(list);
		assertThat(this.mapper.readValue("{\"items\":[]}", new TypeReference<KubernetesList<ConfigMap>>() {
		}).metadata()).isEqualTo(ListMeta.builder().build());
	}

	@Test
	void watchEventIsWrittenInTheFormOfTheApi() {
		assertThat(this.mapper.writeValueAsString(new WatchEvent.Modified<>(CONFIG_MAP)))
			.isEqualTo("{\"type\":\"MODIFIED\",\"object\":" + CONFIG_MAP_JSON + "}");
		assertThat(this.mapper.writeValueAsString(new WatchEvent.Bookmark<>("7", Map.of())))
			.isEqualTo("{\"type\":\"BOOKMARK\",\"resourceVersion\":\"7\",\"annotations\":{}}");
	}

	@Test
	void partsAndValuesAreWrittenAndRead() {
		Limits limits = new Limits(Quantity.parse("1Gi"), IntOrString.of(80), IntOrString.of("25%"),
				Bytes.ofUtf8("bytes"), RawJson.of("{\"a\":[1.50]}"),
				PodSpec.builder().nodeName("worker-1").containers(List.of()).build());

		String json = this.mapper.writeValueAsString(limits);

		assertThat(this.mapper.readTree(json)).isEqualTo(this.mapper.readTree("""
				{"memory":"1Gi","port":80,"surge":"25%","data":"Ynl0ZXM=","raw":{"a":[1.50]},
				 "spec":{"nodeName":"worker-1","containers":[]}}"""));
		assertThat(this.mapper.readValue(json, Limits.class)).isEqualTo(limits);
	}

	@Test
	void unstructuredObjectKeepsItsNumbers() {
		String json = """
				{"apiVersion":"example.org/v1","kind":"Widget","metadata":{"name":"w"},\
				"spec":{"big":12345678901234567890,"long":9007199254740993,"ratio":1.10}}""";

		Unstructured widget = this.mapper.readValue(json, Unstructured.class);

		assertThat(widget.nestedDecimal("spec", "ratio")).isEqualTo(new BigDecimal("1.10"));
		assertThat(this.mapper.writeValueAsString(widget)).isEqualTo(json);
	}

	@Test
	void valuesAreConvertedWithoutText() {
		JsonNode tree = this.mapper.valueToTree(new Settings(CONFIG_MAP, List.of()));
		Map<String, Object> map = this.mapper.convertValue(CONFIG_MAP, new TypeReference<Map<String, Object>>() {
		});
		Unstructured widget = Unstructured.builder("example.org/v1", "Widget").set(1.5, "ratio").build();

		assertThat(tree.at("/first/data/colour").asString()).isEqualTo("grün");
		assertThat(this.mapper.treeToValue(tree, Settings.class).first()).isEqualTo(CONFIG_MAP);
		assertThat(map).containsEntry("data", Map.of("colour", "grün"));
		assertThat(this.mapper.convertValue(map, ConfigMap.class)).isEqualTo(CONFIG_MAP);
		assertThat(this.mapper.<JsonNode>valueToTree(widget).path("ratio").asDouble()).isEqualTo(1.5);
		assertThat(this.mapper.convertValue(widget, Unstructured.class)).isEqualTo(widget);
	}

	@Test
	void formatOfTheApplicationIsRespected() {
		JsonMapper indenting = this.mapper.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

		assertThat(indenting.writeValueAsString(CONFIG_MAP).lines()).anyMatch("  \"data\" : {"::equals);
	}

	@Test
	void nullAndAbsentObjectsAreNull() {
		assertThat(this.mapper.readValue("{\"first\":null}", Settings.class)).isEqualTo(new Settings(null, null));
	}

	@Test
	void typesOfTheApplicationAreLeftAlone() {
		assertThat(this.mapper.writeValueAsString(new Timing(Duration.ofSeconds(90))))
			.isEqualTo("{\"duration\":\"PT1M30S\"}");
	}

	@Test
	void secretIsWrittenWithItsData() {
		Secret secret = Secret.builder().putData("password", Bytes.ofUtf8("hunter2")).build();

		assertThat(this.mapper.writeValueAsString(secret)).contains(Bytes.ofUtf8("hunter2").toBase64());
		assertThat(secret.toString()).doesNotContain(Bytes.ofUtf8("hunter2").toBase64());
	}

	@Test
	void customResourceHasTheFormOfTheApi() {
		Timer timer = new Timer(ObjectMeta.builder().name("t").build(), new TimerSpec(Duration.ofSeconds(90)));

		String json = this.mapper.writeValueAsString(timer);

		assertThat(json).isEqualTo("""
				{"apiVersion":"example.org/v1","kind":"Timer","metadata":{"name":"t"},\
				"spec":{"every":"1m30s"}}""");
		assertThat(this.mapper.readValue(json, Timer.class)).isEqualTo(timer);
	}

	@Test
	void mapperOfTheApplicationStillReadsItsOwnCustomResources() {
		JsonMapper kebab = this.mapper.rebuild().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();
		ResourceDescriptor<LongNames> resource = Resources.of(LongNames.class, kebab);
		LongNames names = new LongNames(ObjectMeta.EMPTY, Duration.ofSeconds(90));

		JsonWriter out = new JsonWriter();
		resource.codec().writeJson(names, out);

		assertThat(out).hasToString("""
				{"apiVersion":"example.org/v1","kind":"LongNames","metadata":{},"grace-period":"1m30s"}""");
		assertThat(
				ObjectDecoder.decode(resource.codec(), WireFormat.JSON, out.toByteArray(), DecodingOptions.defaults()))
			.isEqualTo(names);
	}

	@Test
	void whatIsNoSuchObjectFails() {
		assertThatExceptionOfType(DatabindException.class)
			.isThrownBy(() -> this.mapper.readValue("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}", Timer.class))
			.withMessageContaining("expected 'Timer' but found 'Pod'");
		assertThatExceptionOfType(DatabindException.class)
			.isThrownBy(() -> this.mapper.readValue("{\"spec\":{\"nodeName\":{}}}", Pod.class))
			.withMessageContaining("spec.nodeName");
		assertThatExceptionOfType(DatabindException.class)
			.isThrownBy(() -> this.mapper.readValue("{\"memory\":\"much\"}", Limits.class))
			.withMessageContaining("memory");
	}

	record Settings(ConfigMap first, List<ConfigMap> others) {
	}

	record Limits(Quantity memory, IntOrString port, IntOrString surge, Bytes data, RawJson raw, PodSpec spec) {
	}

	record Timing(Duration duration) {
	}

	@CustomResource(group = "example.org", version = "v1", plural = "timers")
	record Timer(ObjectMeta metadata, TimerSpec spec) implements KubernetesObject {
	}

	record TimerSpec(Duration every) {
	}

	@CustomResource(group = "example.org", version = "v1", plural = "longnames")
	record LongNames(ObjectMeta metadata, Duration gracePeriod) implements KubernetesObject {
	}

}
