package io.github.k8sclient.test.conformance;

import java.util.List;

import io.github.k8sclient.dynamic.Manifests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class RepresentationConformanceTests {

	private static final String YAML = "application/yaml";

	private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

	@Parameter
	ConformanceServer server;

	private String namespace;

	private String maps;

	@BeforeEach
	void createNamespace() {
		this.namespace = this.server.newNamespace();
		this.maps = "/api/v1/namespaces/" + this.namespace + "/configmaps";
	}

	@Test
	void bodiesAreReadInYaml() {
		JsonNode created = this.server.send("POST", this.maps, """
				apiVersion: v1
				kind: ConfigMap
				metadata:
				  name: a
				  labels:
				    since: "2020-01-01"
				data:
				  text: |
				    two
				    lines
				""", YAML, null).expect(201).json();

		assertThat(created.at("/data/text").asString()).isEqualTo("two\nlines\n");
		assertThat(created.at("/metadata/labels/since").asString()).isEqualTo("2020-01-01");
		this.server.send("DELETE", this.maps + "/a", "kind: DeleteOptions\napiVersion: v1\ndryRun: [All]\n", YAML, null)
			.expect(200);
		this.server.get(this.maps + "/a").expect(200);
	}

	@Test
	void scalarsAreReadAsByGo() {
		String group = CustomResources.newGroup();
		CustomResources.define(this.server,
				CustomResources.widgets(group, "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}"));
		String manifest = """
				apiVersion: %s/v1
				kind: Widget
				metadata: {name: a}
				spec:
				  words: [yes, Yes, YES, yEs, on, Off, y, N, true, TRUE, tRUE, null, Null, ~, nULL]
				  sixties: [12:30, 22:22, 1:30.5, -1:30]
				  dates: [2026-01-02, 2026-01-02T03:04:05Z]
				  wholes: [0o17, 0644, 0x1F, 0b101, -0b11, +7, 1_000, -0, 089, 0O17]
				  fractions: [1e3, 1E-2, 1e+3, 1.0, 2., .5, +.5, -1.5, 1_0.5, .5_0, 1.2.3, 1e, .e3, 0x, 1Gi]
				  quoted: ["yes", '12', "1e3", !!str no]
				  base: &base {a: 1}
				  merged:
				    <<: *base
				    b: 2
				  12: number
				  off: word
				""".formatted(group);

		JsonNode read = this.server
			.send("PATCH", "/apis/%s/v1/namespaces/%s/widgets/a?fieldManager=one".formatted(group, this.namespace),
					manifest, "application/apply-patch+yaml", null)
			.expect(201)
			.json()
			.path("spec");

		assertThat(read.path("words").toString())
			.isEqualTo("[true,true,true,\"yEs\",true,false,true,false,true,true,\"tRUE\",null,null,null,\"nULL\"]");
		assertThat(read.path("sixties").toString()).isEqualTo("[\"12:30\",\"22:22\",\"1:30.5\",\"-1:30\"]");
		assertThat(read.path("dates").toString()).isEqualTo("[\"2026-01-02\",\"2026-01-02T03:04:05Z\"]");
		assertThat(read.path("wholes").toString()).isEqualTo("[15,420,31,5,-3,7,1000,0,89,15]");
		assertThat(read.path("fractions").toString())
			.isEqualTo("[1000,0.01,1000,1,2,0.5,0.5,-1.5,10.5,0.5,\"1.2.3\",\"1e\",\".e3\",\"0x\",\"1Gi\"]");
		assertThat(read.path("quoted").toString()).isEqualTo("[\"yes\",\"12\",\"1e3\",\"no\"]");
		assertThat(read.path("merged").toString()).isEqualTo("{\"a\":1,\"b\":2}");
		assertThat(read.path("12").asString()).isEqualTo("number");
		assertThat(read.path("false").asString()).isEqualTo("word");
		assertThat(new JsonMapper().readTree(Manifests.read(manifest).get(0).toString()).path("spec"))
			.as("as this client reads it")
			.isEqualTo(read);
	}

	@Test
	void answersAreWrittenInYaml() {
		create("a");

		Answer object = this.server.get(this.maps + "/a", YAML).expect(200);
		assertThat(object.contentType()).isEqualTo(YAML);
		assertThat(object.text().lines()).containsSequence("apiVersion: v1", "data:", "  k: v", "kind: ConfigMap");
		assertThat(this.server.get(this.maps, YAML).expect(200).text().lines()).contains("kind: ConfigMapList");
		assertThat(this.server.get(this.maps + "/b", YAML).expect(404).text().lines()).contains("kind: Status",
				"reason: NotFound");
	}

	@Test
	void watchesAreNotWrittenInYaml() {
		assertThat(this.server.get(this.maps + "?watch=1", YAML).expect(406).text()).contains("NotAcceptable");
	}

	@Test
	void listIsATableOnRequest() {
		create("a");
		create("b");

		Answer answer = this.server.get(this.maps, TABLE + ",application/json").expect(200);

		assertThat(answer.at("/kind").asString()).isEqualTo("Table");
		assertThat(answer.at("/apiVersion").asString()).isEqualTo("meta.k8s.io/v1");
		assertThat(answer.resourceVersion()).matches("\\d+");
		assertThat(answer.at("/columnDefinitions/0/name").asString()).isEqualTo("Name");
		assertThat(answer.at("/columnDefinitions/0/format").asString()).isEqualTo("name");
		assertThat(answer.json().path("rows").valueStream().map((row) -> row.at("/cells/0").asString()).toList())
			.isEqualTo(List.of("a", "b"));
		assertThat(answer.at("/rows/0/object/kind").asString()).isEqualTo("PartialObjectMetadata");
		assertThat(answer.at("/rows/0/object/metadata/name").asString()).isEqualTo("a");
	}

	@Test
	void rowsHaveAsMuchOfTheObjectAsWanted() {
		create("a");

		assertThat(this.server.get(this.maps + "?includeObject=Object", TABLE).at("/rows/0/object/data/k").asString())
			.isEqualTo("v");
		assertThat(this.server.get(this.maps + "?includeObject=None", TABLE).at("/rows/0/object").isObject()).isFalse();
	}

	@Test
	void columnsOfCustomResourcesComeFromTheirDefinition() {
		String group = CustomResources.newGroup();
		CustomResources.define(this.server,
				CustomResources.widgets(group, "{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\"}}}")
					.replace("\"served\":true", """
							"served":true,"additionalPrinterColumns":[
							{"name":"Size","type":"integer","jsonPath":".spec.size","priority":1}]"""));
		String widgets = "/apis/%s/v1/namespaces/%s/widgets".formatted(group, this.namespace);
		this.server
			.post(widgets,
					"{\"apiVersion\":\"%s/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":3}}"
						.formatted(group))
			.expect(201);

		JsonNode table = this.server.get(widgets + "/a", TABLE).expect(200).json();

		assertThat(table.path("columnDefinitions").findValuesAsString("name")).containsExactly("Name", "Size");
		assertThat(table.at("/columnDefinitions/1/priority").asInt()).isEqualTo(1);
		assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"a\",3]");
	}

	@Test
	void watchOfATableHasRows() {
		String start = this.server.get(this.maps).resourceVersion();
		create("a");

		JsonNode event = this.server.firstEvents(this.maps + "?resourceVersion=" + start, TABLE, 1).get(0);

		assertThat(event.path("type").asString()).isEqualTo("ADDED");
		assertThat(event.at("/object/kind").asString()).isEqualTo("Table");
		assertThat(event.at("/object/rows/0/cells/0").asString()).isEqualTo("a");
	}

	@Test
	void jsonIsIndentedOnRequest() {
		create("a");

		assertThat(this.server.get(this.maps + "/a?pretty=true").expect(200).text())
			.startsWith("{\n  \"kind\": \"ConfigMap\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {\n");
		assertThat(this.server.get(this.maps + "/a").text()).startsWith("{\"kind\":");
	}

	private void create(String name) {
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"v\"}}".formatted(name))
			.expect(201);
	}

}
