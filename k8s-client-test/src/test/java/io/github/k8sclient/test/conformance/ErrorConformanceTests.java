package io.github.k8sclient.test.conformance;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@ConformanceTest
class ErrorConformanceTests {

	private static final String NO_METHOD = "the server does not allow this method on the requested resource";

	@Parameter
	ConformanceServer server;

	private String maps;

	@BeforeEach
	void createNamespace() {
		this.maps = "/api/v1/namespaces/" + this.server.newNamespace() + "/configmaps";
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}").expect(201);
	}

	@Test
	void missingObjectIsNotFoundWithItsName() {
		Answer answer = this.server.get(this.maps + "/nope")
			.expectFailure(404, "NotFound", "configmaps \"nope\" not found");

		assertThat(answer.at("/details").toString()).isEqualTo("{\"name\":\"nope\",\"kind\":\"configmaps\"}");
	}

	@Test
	void resourceOfAGroupIsNamedWithIt() {
		Answer answer = this.server.get("/apis/apps/v1/namespaces/default/deployments/nope")
			.expectFailure(404, "NotFound", "deployments.apps \"nope\" not found");

		assertThat(answer.at("/details/group").asString()).isEqualTo("apps");
		assertThat(answer.at("/details/kind").asString()).isEqualTo("deployments");
	}

	@Test
	void secondCreationAlreadyExists() {
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"a\"}}")
			.expectFailure(409, "AlreadyExists", "configmaps \"a\" already exists");
	}

	@Test
	void namespaceMustExist() {
		Answer answer = this.server.post("/api/v1/namespaces/nosuch/configmaps", "{\"metadata\":{\"name\":\"a\"}}")
			.expectFailure(404, "NotFound", "namespaces \"nosuch\" not found");

		assertThat(answer.at("/details/kind").asString()).isEqualTo("namespaces");
		assertThat(this.server.get("/api/v1/namespaces/nosuch/configmaps").expect(200).itemNames()).isEmpty();
	}

	@Test
	void namespaceOfObjectMustBeThatOfThePath() {
		this.server.post(this.maps, "{\"metadata\":{\"name\":\"b\",\"namespace\":\"other\"}}")
			.expectFailure(400, "BadRequest",
					"the namespace of the provided object does not match the namespace sent on the request");
	}

	@Test
	void nameOfObjectMustBeThatOfThePath() {
		this.server.put(this.maps + "/a", "{\"metadata\":{\"name\":\"b\"}}")
			.expectFailure(400, "BadRequest", "the name of the object (b) does not match the name on the URL (a)");
		this.server.put(this.maps + "/a", "{\"metadata\":{}}")
			.expectFailure(400, "BadRequest",
					"the name of the object (a based on URL) was undeterminable: name must be provided");
	}

	@Test
	void nameIsRequired() {
		Answer answer = this.server.post(this.maps, "{\"metadata\":{}}")
			.expectFailure(422, "Invalid",
					"ConfigMap \"\" is invalid: metadata.name: Required value: name or " + "generateName is required");

		assertThat(answer.causes()).containsExactly("FieldValueRequired metadata.name");
	}

	@Test
	void malformedNameIsInvalid() {
		Answer answer = this.server.post(this.maps, "{\"metadata\":{\"name\":\"A_b\"}}").expectFailure(422, "Invalid");

		assertThat(answer.at("/message").asString()).startsWith(
				"ConfigMap \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain");
		assertThat(answer.at("/details/name").asString()).isEqualTo("A_b");
		assertThat(answer.at("/details/kind").asString()).isEqualTo("ConfigMap");
	}

	@Test
	void allComplaintsAreMadeAtOnce() {
		Answer answer = this.server
			.put(this.maps + "/a", "{\"metadata\":{\"name\":\"a\",\"labels\":{\"-bad\":\"1\"},\"finalizers\":[\"x\"]}}")
			.expectFailure(422, "Invalid");

		assertThat(answer.at("/message").asString()).startsWith("ConfigMap \"a\" is invalid: [metadata.labels: ");
		assertThat(answer.causes()).containsExactly("FieldValueInvalid metadata.labels",
				"FieldValueInvalid metadata.finalizers[0]");
	}

	@Test
	void kindMustFitThePath() {
		Answer answer = this.server
			.post(this.maps, "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"b\"}}")
			.expectFailure(400, "BadRequest");

		assertThat(answer.at("/message").asString())
			.startsWith("Secret in version \"v1\" cannot be handled as a ConfigMap: ");
	}

	@Test
	void memberOfAWrongTypeIsABadRequest() {
		Answer answer = this.server.post(this.maps, "{\"metadata\":{\"name\":\"b\"},\"data\":{\"k\":1}}")
			.expectFailure(400, "BadRequest");

		assertThat(answer.at("/message").asString())
			.startsWith("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: ");
	}

	@Test
	void brokenJsonIsABadRequest() {
		for (String body : List.of("{bad", "[]", "")) {
			Answer answer = this.server.post(this.maps, body).expectFailure(400, "BadRequest");

			assertThat(answer.at("/message").asString()).startsWith(
					"the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; ");
		}
	}

	@Test
	void unknownMediaTypeOfBodyIsUnsupported() {
		Answer answer = this.server.send("POST", this.maps, "x", "text/plain", null)
			.expectFailure(415, "UnsupportedMediaType");

		assertThat(answer.at("/message").asString()).startsWith(
				"the body of the request was in an unknown format - accepted media types include: application/json");
	}

	@Test
	void unknownMediaTypeOfPatchIsUnsupported() {
		this.server.send("PATCH", this.maps + "/a", "{}", "application/json", null)
			.expectFailure(415, "UnsupportedMediaType", "415: Unsupported Media Type");
	}

	@Test
	void unknownMediaTypeOfAnswerIsNotAcceptable() {
		Answer answer = this.server.get(this.maps + "/a", "text/html").expectFailure(406, "NotAcceptable");

		assertThat(answer.at("/message").asString()).startsWith("406: Not Acceptable");
	}

	@Test
	void mediaTypesThatThereAreAreNamed() {
		this.server.assumeRelease(36, "no names");
		this.server.get(this.maps + "/a", "text/html")
			.expectFailure(406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: "
					+ "application/json, application/yaml, application/vnd.kubernetes.protobuf");
	}

	@Test
	void otherMediaTypesDoNotHideAnAcceptableOne() {
		Answer answer = this.server.get(this.maps + "/a", "text/html,application/json;q=0.5,*/*;q=0.1").expect(200);

		assertThat(answer.contentType()).isEqualTo("application/json");
	}

	@Test
	void wrongMethodIsNotAllowed() {
		this.server.post(this.maps + "/a", "{}").expectFailure(405, "MethodNotAllowed", NO_METHOD);
		this.server.put(this.maps, "{}").expectFailure(405, "MethodNotAllowed", NO_METHOD);
		this.server.post("/api/v1/configmaps", "{}").expectFailure(405, "MethodNotAllowed", NO_METHOD);
		this.server.delete("/api/v1/configmaps").expectFailure(405, "MethodNotAllowed", NO_METHOD);
		this.server.delete("/api/v1/namespaces").expectFailure(405, "MethodNotAllowed", NO_METHOD);
		this.server.post("/api/v1/namespaces/default/pods/p/status", "{}")
			.expectFailure(405, "MethodNotAllowed", NO_METHOD);
	}

	@Test
	void errorsComeInTheFormatThatWasAskedFor() {
		Answer answer = this.server.get(this.maps + "/nope", "application/vnd.kubernetes.protobuf").expect(404);

		assertThat(answer.contentType()).isEqualTo("application/vnd.kubernetes.protobuf");
		assertThat(answer.body()).startsWith('k', '8', 's', 0);
		assertThat(answer.text()).contains("Status", "Failure", "configmaps \"nope\" not found", "NotFound");
	}

	@Test
	void unknownDryRunIsInvalid() {
		Answer answer = this.server.post(this.maps + "?dryRun=Some", "{\"metadata\":{\"name\":\"b\"}}")
			.expectFailure(422, "Invalid");

		assertThat(answer.at("/message").asString())
			.startsWith("CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: ")
			.endsWith(": supported values: \"All\"");
		assertThat(answer.causes()).containsExactly("FieldValueNotSupported dryRun");
		JsonNode details = answer.at("/details");
		assertThat(details.path("group").asString()).isEqualTo("meta.k8s.io");
		assertThat(details.path("kind").asString()).isEqualTo("CreateOptions");
	}

	@Test
	void malformedLabelSelectorsAreBadRequests() {
		expectBadSelector("a+in", "unable to parse requirement: found '' expected: '('");
		expectBadSelector("a+in+(", "unable to parse requirement: found '', expected: ',', ')' or identifier");
		expectBadSelector("a+in+(b+c)", "unable to parse requirement: found 'c', expected: ',' or ')'");
		expectBadSelector("a%3D%3D%3Db", "unable to parse requirement: found '=', expected: identifier");
		expectBadSelector("!!a", "unable to parse requirement: found '!', expected: identifier");
		expectBadSelector(",", "found ',', expected: !, identifier, or 'end of string'");
		expectBadSelector("a,", "found '', expected: identifier after ','");
		expectBadSelector("a%3Db+c", "found 'c', expected: ',' or 'end of string'");
	}

	@Test
	void malformedOperatorsOfLabelSelectorsAreBadRequests() {
		assertThat(this.server.get("/api/v1/pods?labelSelector=a+b")
			.expectFailure(400, "BadRequest")
			.at("/message")
			.asString()).startsWith("unable to parse requirement: found 'b', expected: ");
		assertThat(this.server.get("/api/v1/pods?labelSelector=a%3Ex")
			.expectFailure(400, "BadRequest")
			.at("/message")
			.asString()).startsWith("unable to parse requirement: ")
			.endsWith("for 'Gt', 'Lt' operators, the value must be an integer");
	}

	@Test
	void unsupportedFieldsAreBadRequests() {
		this.server.get("/api/v1/pods?fieldSelector=spec.nosuch%3D1")
			.expectFailure(400, "BadRequest", "field label not supported: spec.nosuch");
		this.server.get("/api/v1/configmaps?fieldSelector=data.x%3D1")
			.expectFailure(400, "BadRequest",
					"\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
		this.server.get("/api/v1/pods?fieldSelector=spec.nodeName")
			.expectFailure(400, "BadRequest", "invalid selector: 'spec.nodeName'; can't understand 'spec.nodeName'");
	}

	@Test
	void resourceVersionsAreNumbers() {
		this.server.get("/api/v1/configmaps?watch=1&resourceVersion=abc")
			.expectFailure(500, null,
					"resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": " + "invalid syntax");
		this.server.put(this.maps + "/a", "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"abc\"}}")
			.expectFailure(500, null, "strconv.ParseUint: parsing \"abc\": invalid syntax");
	}

	@Test
	void resourceVersionMatchHasRules() {
		expectBadOptions("resourceVersionMatch=Exact", "resourceVersionMatch: Forbidden: resourceVersionMatch is "
				+ "forbidden unless resourceVersion is provided");
		expectBadOptions("resourceVersionMatch=Exact&resourceVersion=0", "resourceVersionMatch: Forbidden: "
				+ "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
		expectBadOptions("resourceVersionMatch=Foo&resourceVersion=1", "resourceVersionMatch: Unsupported value: "
				+ "\"Foo\": supported values: \"Exact\", \"NotOlderThan\", \"\"");
		Answer watch = this.server.get("/api/v1/configmaps?watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=1")
			.expectFailure(422, "Invalid");
		assertThat(watch.at("/message").asString())
			.contains("resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch");
		assertThat(watch.causes()).containsExactly("FieldValueForbidden resourceVersionMatch");
	}

	@Test
	void resourceVersionFromTheFutureTimesOut() {
		Answer answer = this.server.get("/api/v1/configmaps?resourceVersion=99999999").expectFailure(504, "Timeout");

		assertThat(answer.at("/message").asString())
			.matches("Timeout: Too large resource version: 99999999, current: \\d+");
		assertThat(answer.causes()).containsExactly("ResourceVersionTooLarge ");
		assertThat(answer.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
	}

	@Test
	void numbersInTheQueryAreChecked() {
		this.server.get("/api/v1/configmaps?limit=abc")
			.expectFailure(400, "BadRequest", "strconv.ParseInt: parsing \"abc\": invalid syntax");
	}

	private void expectBadSelector(String selector, String message) {
		this.server.get("/api/v1/pods?labelSelector=" + selector).expectFailure(400, "BadRequest", message);
		this.server.get("/api/v1/pods?watch=1&labelSelector=" + selector).expectFailure(400, "BadRequest", message);
	}

	private void expectBadOptions(String query, String message) {
		Answer answer = this.server.get("/api/v1/configmaps?" + query)
			.expectFailure(422, "Invalid", "ListOptions.meta.k8s.io \"\" is invalid: " + message);
		assertThat(answer.at("/details/kind").asString()).isEqualTo("ListOptions");
	}

}
