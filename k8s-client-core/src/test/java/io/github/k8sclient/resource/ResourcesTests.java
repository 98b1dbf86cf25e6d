package io.github.k8sclient.resource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodTemplateSpec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.meta.Condition;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Resources}.
 */
class ResourcesTests {

	private static final String WIDGET = """
			{"apiVersion":"example.org/v1","kind":"Widget",
			 "metadata":{"name":"w","namespace":"default","labels":{"a":"b"},"somethingNew":1,
			  "managedFields":[{"manager":"m"}]},
			 "spec":{"size":3,"memory":"1Gi","port":"http","interval":"1m30s","ratio":1.10,"new":true,
			  "started":"2026-01-02T03:04:05Z",
			  "template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"c","image":"i"}]}}},
			 "status":{"conditions":[{"type":"Ready","status":"True","reason":"R","message":"",
			  "lastTransitionTime":"2026-01-02T03:04:05Z"}]}}""";

	private final ResourceDescriptor<Widget> widgets = Resources.of(Widget.class);

	@Test
	void annotationNamesTheResource() {
		assertThat(this.widgets.resource()).isEqualTo(GroupVersionResource.of("example.org", "v1", "widgets"));
		assertThat(this.widgets.kind()).isEqualTo(GroupVersionKind.of("example.org", "v1", "Widget"));
		assertThat(this.widgets.namespaced()).isTrue();
		assertThat(this.widgets.type()).isEqualTo(Widget.class);
		assertThat(Resources.of(Widget.class)).isSameAs(this.widgets);
		ResourceDescriptor<Machine> machines = Resources.of(Machine.class);
		assertThat(machines.kind().kind()).isEqualTo("BigMachine");
		assertThat(machines.namespaced()).isFalse();
	}

	@Test
	void apiVersionAndKindComeFromTheAnnotation() {
		Widget widget = new Widget(ObjectMeta.EMPTY, null, null);

		assertThat(widget.apiVersion()).isEqualTo("example.org/v1");
		assertThat(widget.kind()).isEqualTo("Widget");
		assertThatIllegalStateException().isThrownBy(() -> new Nameless(ObjectMeta.EMPTY).kind())
			.withMessageContaining("@CustomResource");
	}

	@Test
	void builtInKindsAreFoundToo() {
		assertThat(Resources.of(Pod.class)).isSameAs(Pod.RESOURCE);
		assertThat(Resources.find(Nameless.class)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> Resources.of(Nameless.class))
			.withMessageContaining("@CustomResource");
	}

	@Test
	void recordIsReadWithTypesOfTheModel() {
		Widget widget = read(this.widgets, WIDGET, DecodingOptions.defaults());

		assertThat(widget.metadata().name()).isEqualTo("w");
		assertThat(widget.metadata().labels()).isEqualTo(Map.of("a", "b"));
		assertThat(widget.metadata().managedFields()).hasSize(1);
		WidgetSpec spec = widget.spec();
		assertThat(spec.size()).isEqualTo(3);
		assertThat(spec.memory()).isEqualTo(Quantity.parse("1Gi"));
		assertThat(spec.port()).isEqualTo(IntOrString.of("http"));
		assertThat(spec.interval()).isEqualTo(Duration.ofSeconds(90));
		assertThat(spec.ratio()).isEqualTo(new BigDecimal("1.10"));
		assertThat(spec.started()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
		assertThat(spec.template().metadata().labels()).isEqualTo(Map.of("app", "x"));
		assertThat(spec.template().spec().containers()).hasSize(1);
		assertThat(widget.status().conditions()).singleElement()
			.satisfies((condition) -> assertThat(condition.type()).isEqualTo("Ready"));
	}

	@Test
	void recordIsWrittenWithItsType() {
		Widget widget = read(this.widgets, WIDGET, DecodingOptions.defaults());

		String json = write(this.widgets, widget);

		assertThat(json).startsWith("{\"apiVersion\":\"example.org/v1\",\"kind\":\"Widget\",")
			.contains("\"somethingNew\":1", "\"memory\":\"1Gi\"", "\"interval\":\"1m30s\"", "\"port\":\"http\"",
					"\"ratio\":1.10", "\"started\":\"2026-01-02T03:04:05Z\"")
			.doesNotContain("\"new\"", "null");
		assertThat(read(this.widgets, json, DecodingOptions.defaults())).isEqualTo(widget);
	}

	@Test
	void absentValuesAreNullOrZero() {
		Widget widget = read(this.widgets, "{\"spec\":{}}", DecodingOptions.defaults());

		assertThat(widget.metadata()).isEqualTo(ObjectMeta.EMPTY);
		assertThat(widget.spec().size()).isZero();
		assertThat(widget.spec().memory()).isNull();
		assertThat(widget.status()).isNull();
	}

	@Test
	void managedFieldsAreDroppedOnRequest() {
		Widget widget = read(this.widgets, WIDGET, DecodingOptions.defaults().withDropManagedFields(true));

		assertThat(widget.metadata().managedFields()).isEmpty();
		assertThat(widget.metadata().name()).isEqualTo("w");
	}

	@Test
	void classIsReadAndWrittenByItsFields() {
		ResourceDescriptor<Machine> machines = Resources.of(Machine.class);

		Machine machine = read(machines, """
				{"kind":"BigMachine","apiVersion":"example.org/v1beta1","metadata":{"name":"m"},"spec":{"power":9},
				 "extra":[1.50]}""", DecodingOptions.defaults());

		assertThat(machine.metadata().name()).isEqualTo("m");
		assertThat(machine.spec.power).isEqualTo(9);
		assertThat(machine.other).containsKey("extra");
		assertThat(write(machines, machine)).contains("\"extra\":[1.50]", "\"power\":9", "\"name\":\"m\"");
	}

	@Test
	void unknownMembersOfARecordAreKeptOnRequest() {
		ResourceDescriptor<Keeper> keepers = Resources.of(Keeper.class);

		Keeper keeper = read(keepers, "{\"spec\":{\"size\":1,\"new\":[1.50],\"text\":\"x\"}}",
				DecodingOptions.defaults());

		assertThat(keeper.spec().other()).isEqualTo(Map.of("new", List.of(new BigDecimal("1.50")), "text", "x"));
		assertThat(write(keepers, keeper)).contains("\"new\":[1.50]", "\"text\":\"x\"", "\"size\":1")
			.doesNotContain("other");
	}

	@Test
	void metadataAloneCanBeAskedFor() {
		ResourceDescriptor<PartialObjectMetadata> metadata = Resources.metadataOf(this.widgets);

		assertThat(metadata.resource()).isEqualTo(this.widgets.resource());
		assertThat(metadata.verbs()).containsExactlyInAnyOrder("delete", "deletecollection", "get", "list", "patch",
				"watch");
		assertThat(metadata.codec().representation(false)).isEqualTo("as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
		assertThat(metadata.codec().representation(true)).isEqualTo("as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
	}

	@Test
	void failureNamesThePlaceButNotTheValue() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(this.widgets, "{\"spec\":{\"size\":\"hunter2\"}}", DecodingOptions.defaults()))
			.withMessageContaining("Widget at spec.size")
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("hunter2"))
			.withNoCause();
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(this.widgets, "{\"spec\":{\"memory\":\"hunter2\"}}", DecodingOptions.defaults()))
			.withMessageContaining("spec.memory")
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("hunter2"));
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(this.widgets, "{\"kind\":\"Gadget\"}", DecodingOptions.defaults()))
			.withMessageContaining("expected 'Widget' but found 'Gadget'");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(this.widgets, "[]", DecodingOptions.defaults()));
	}

	@Test
	void mapperOfTheApplicationKnowsTheModelToo() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

		Settings settings = read(Resources.of(Settings.class, mapper),
				"{\"metadata\":{\"name\":\"s\"},\"max-memory\":\"2Gi\"}", DecodingOptions.defaults());

		assertThat(settings.maxMemory()).isEqualTo(Quantity.parse("2Gi"));
		assertThatIllegalArgumentException().isThrownBy(() -> Resources.of(Nameless.class, mapper));
	}

	private static <T extends KubernetesObject> T read(ResourceDescriptor<T> resource, String json,
			DecodingOptions options) {
		return ObjectDecoder.decode(resource.codec(), WireFormat.JSON, json.getBytes(StandardCharsets.UTF_8), options);
	}

	private static <T extends KubernetesObject> String write(ResourceDescriptor<T> resource, T object) {
		JsonWriter out = new JsonWriter();
		resource.codec().writeJson(object, out);
		return out.toString();
	}

	@CustomResource(group = "example.org", version = "v1", plural = "widgets")
	record Widget(ObjectMeta metadata, WidgetSpec spec, WidgetStatus status) implements KubernetesObject {
	}

	record WidgetSpec(int size, Quantity memory, IntOrString port, Duration interval, BigDecimal ratio, Instant started,
			PodTemplateSpec template) {
	}

	record WidgetStatus(List<Condition> conditions) {
	}

	@CustomResource(group = "example.org", version = "v1", plural = "settings")
	record Settings(ObjectMeta metadata, Quantity maxMemory) implements KubernetesObject {
	}

	@CustomResource(group = "example.org", version = "v1", plural = "keepers")
	record Keeper(ObjectMeta metadata, KeeperSpec spec) implements KubernetesObject {
	}

	record KeeperSpec(int size, @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {
	}

	record Nameless(ObjectMeta metadata) implements KubernetesObject {
	}

	@CustomResource(group = "example.org", version = "v1beta1", plural = "bigmachines", kind = "BigMachine",
			namespaced = false)
	static class Machine implements KubernetesObject {

		private ObjectMeta metadata = ObjectMeta.EMPTY;

		@JsonProperty("spec")
		private MachineSpec spec;

		@JsonAnySetter
		private final Map<String, Object> other = new HashMap<>();

		@Override
		public ObjectMeta metadata() {
			return this.metadata;
		}

		@JsonAnyGetter
		Map<String, Object> other() {
			return this.other;
		}

		static class MachineSpec {

			private int power;

		}

	}

}
