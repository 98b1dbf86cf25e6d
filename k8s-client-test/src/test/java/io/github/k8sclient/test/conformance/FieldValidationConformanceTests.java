package io.github.k8sclient.test.conformance;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class FieldValidationConformanceTests {

	private static final String ODD = """
			{"metadata":{"name":"a","nosuch":1},"nosuch":{"a":1},"data":{"k":"v","k":"w"}}""";

	private static final String COMPLAINTS = "unknown field \"metadata.nosuch\", unknown field \"nosuch\", "
			+ "duplicate field \"data.k\"";

	@Parameter
	ConformanceServer server;

	private String namespace;

	private String maps;

	@BeforeEach
	void createNamespace() {
		this.server.assumeRelease(27, "no field validation");
		this.namespace = this.server.newNamespace();
		this.maps = "/api/v1/namespaces/" + this.namespace + "/configmaps";
	}

	@Test
	void strictRefusesUnknownAndDoubleMembers() {
		this.server.post(this.maps + "?fieldValidation=Strict", ODD)
			.expectFailure(400, "BadRequest", "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: "
					+ "strict decoding error: " + COMPLAINTS);
	}

	@Test
	void complaintsAreInTheOrderOfTheText() {
		this.server
			.post(this.maps + "?fieldValidation=Strict",
					"{\"zz\":1,\"metadata\":{\"name\":\"a\",\"x\":{}},\"data\":{\"k\":\"v\",\"k\":\"w\"},\"aa\":[1]}")
			.expectFailure(400, "BadRequest",
					"ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: "
							+ "unknown field \"zz\", unknown field \"metadata.x\", duplicate field \"data.k\", "
							+ "unknown field \"aa\"");
	}

	@Test
	void yamlIsValidatedToo() {
		this.server.assumeRelease(36, "another order");
		Answer answer = this.server.send("POST", this.maps, """
				apiVersion: v1
				kind: ConfigMap
				zz: 1
				metadata: {name: a, x: 1}
				data:
				  k: v
				  k: w
				aa: 1
				""", "application/yaml", null).expect(201);

		assertThat(answer.warnings()).containsExactly("299 - \"line 7: key \\\"k\\\" already set in map\"",
				"299 - \"unknown field \\\"aa\\\"\"", "299 - \"unknown field \\\"metadata.x\\\"\"",
				"299 - \"unknown field \\\"zz\\\"\"");
	}

	@Test
	void membersAreFoundAtAnyDepth() {
		this.server.post("/api/v1/namespaces/" + this.namespace + "/pods?fieldValidation=Strict", """
				{"metadata":{"name":"a"},"spec":{"containers":[
				{"name":"c","image":"i","foo":1,"resources":{"bar":1}}]}}""")
			.expectFailure(400, "BadRequest",
					"Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: "
							+ "unknown field \"spec.containers[0].foo\", "
							+ "unknown field \"spec.containers[0].resources.bar\"");
	}

	@Test
	void warnDropsThemWithWarnings() {
		Answer answer = this.server.post(this.maps + "?fieldValidation=Warn", ODD).expect(201);

		assertThat(answer.at("/data/k").asString()).isEqualTo("w");
		assertThat(answer.warnings()).containsExactly("299 - \"unknown field \\\"metadata.nosuch\\\"\"",
				"299 - \"unknown field \\\"nosuch\\\"\"", "299 - \"duplicate field \\\"data.k\\\"\"");
	}

	@Test
	void warnIsTheDefault() {
		assertThat(this.server.post(this.maps, ODD).expect(201).warnings()).hasSize(3);
	}

	@Test
	void ignoreDropsThemInSilence() {
		assertThat(this.server.post(this.maps + "?fieldValidation=Ignore", ODD).expect(201).warnings()).isEmpty();
	}

	@Test
	void unknownDirectiveIsInvalid() {
		Answer answer = this.server.post(this.maps + "?fieldValidation=x", ODD).expectFailure(422, "Invalid");

		assertThat(answer.causes()).containsExactly("FieldValueNotSupported fieldValidation");
	}

	@Test
	void patchesAreValidated() {
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"a\"}}").expect(201);

		Answer refused = this.server.patch(this.maps + "/a?fieldValidation=Strict", "{\"nosuch\":1}")
			.expectFailure(422, "Invalid");
		assertThat(refused.causes()).containsExactly("FieldValueInvalid patch");
		assertThat(refused.at("/message").asString()).endsWith(": strict decoding error: unknown field \"nosuch\"");

		Answer warned = this.server.patch(this.maps + "/a", "{\"nosuch\":1}").expect(200);
		assertThat(warned.warnings()).containsExactly("299 - \"unknown field \\\"nosuch\\\"\"");
	}

	@Test
	void doubleKeysOfAnAppliedConfigurationAreFound() {
		String configuration = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: '1'\n  a: '2'\n";
		String apply = "application/apply-patch+yaml";

		this.server.send("PATCH", this.maps + "/a?fieldManager=m&fieldValidation=Strict", configuration, apply, null)
			.expectFailure(400, "BadRequest", "error strict decoding YAML: error converting YAML to JSON: "
					+ "yaml: unmarshal errors:\n  line 6: key \"a\" already set in map");
		assertThat(this.server.send("PATCH", this.maps + "/a?fieldManager=m", configuration, apply, null)
			.expect(201)
			.warnings()).containsExactly("299 - \"line 6: key \\\"a\\\" already set in map\"");
	}

	@Test
	void customResourcesAreValidatedByTheirSchema() {
		String group = CustomResources.newGroup();
		CustomResources.define(this.server, CustomResources.widgets(group, """
				{"type":"object","properties":{"size":{"type":"integer"},
				"parts":{"type":"array","items":{"type":"object","properties":{"x":{"type":"integer"}}}}}}"""));
		String widgets = "/apis/%s/v1/namespaces/%s/widgets".formatted(group, this.namespace);
		String odd = """
				{"apiVersion":"%s/v1","kind":"Widget","metadata":{"name":"a","nosuch":1},
				"spec":{"size":1,"nosuch":1,"parts":[{"x":1,"y":2}]},"extra":1}""".formatted(group);

		this.server.post(widgets + "?fieldValidation=Strict", odd)
			.expectFailure(400, "BadRequest",
					"Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: "
							+ "unknown field \"metadata.nosuch\", unknown field \"extra\", "
							+ "unknown field \"spec.nosuch\", unknown field \"spec.parts[0].y\"");
		assertThat(this.server.post(widgets, odd).expect(201).warnings()).hasSize(4);
	}

	@Test
	void deprecatedResourcesAreWarnedOf() {
		assertThat(this.server.get("/api/v1/componentstatuses").expect(200).warnings())
			.containsExactly("299 - \"v1 ComponentStatus is deprecated in v1.19+\"");
		this.server.assumeRelease(33, "endpoints are not deprecated");
		assertThat(this.server.get("/api/v1/namespaces/default/endpoints").expect(200).warnings())
			.containsExactly("299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"");
	}

}
