package io.github.k8sclient.test.conformance;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.api.BuiltInResources;
import io.github.k8sclient.meta.GroupVersionKind;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents of OpenAPI v3.
 */
@ConformanceTest
class OpenApiConformanceTests {

	private static final String DEPLOYMENT = "io.k8s.api.apps.v1.Deployment";

	@Parameter
	ConformanceServer server;

	@BeforeEach
	void assumeDocuments() {
		this.server.assumeRelease(27, "no OpenAPI v3");
	}

	@Test
	void listNamesADocumentForEachVersion() {
		JsonNode paths = this.server.get("/openapi/v3").expect(200).json().path("paths");

		for (String path : List.of("api/v1", "apis/apps/v1", "apis/rbac.authorization.k8s.io/v1")) {
			assertThat(paths.path(path).path("serverRelativeURL").asString("")).as(path)
				.matches("/openapi/v3/" + path + "\\?hash=[0-9A-F]{128}");
		}
	}

	@Test
	void kindsOfAllResourcesHaveASchema() {
		int found = 0;
		for (ResourceDescriptor<?> descriptor : BuiltInResources.all()) {
			GroupVersionKind kind = descriptor.kind();
			Answer answer = this.server
				.get("/openapi/v3/" + (kind.group().isEmpty() ? "api/" : "apis/") + kind.groupVersion());
			if (answer.code() == 404) {
				// a version that this release does not serve
				continue;
			}
			JsonNode properties = schemaOf(answer.expect(200).json(), kind).path("properties");
			assertThat(properties.propertyNames()).as(kind.toString()).contains("apiVersion", "kind", "metadata");
			found++;
		}
		assertThat(found).isGreaterThan(50);
	}

	@Test
	void schemaTellsTypesAndWhatIsRequired() {
		JsonNode schemas = document("apis/apps/v1").at("/components/schemas");

		JsonNode deployment = schemas.path(DEPLOYMENT);
		assertThat(deployment.path("type").asString()).isEqualTo("object");
		assertThat(deployment.path("properties").propertyNames()).containsExactlyInAnyOrder("apiVersion", "kind",
				"metadata", "spec", "status");
		assertThat(deployment.at("/properties/spec/allOf/0/$ref").asString())
			.isEqualTo("#/components/schemas/io.k8s.api.apps.v1.DeploymentSpec");
		assertThat(deployment.at("/properties/metadata/allOf/0/$ref").asString())
			.isEqualTo("#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
		JsonNode spec = schemas.path("io.k8s.api.apps.v1.DeploymentSpec");
		assertThat(spec.path("required").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("selector",
				"template");
		assertThat(spec.at("/properties/replicas/type").asString()).isEqualTo("integer");
		assertThat(spec.at("/properties/replicas/format").asString()).isEqualTo("int32");
		JsonNode ports = schemas.path("io.k8s.api.core.v1.Container").at("/properties/ports");
		assertThat(ports.path("type").asString()).isEqualTo("array");
		assertThat(ports.path("x-kubernetes-list-type").asString()).isEqualTo("map");
		assertThat(ports.path("x-kubernetes-list-map-keys").toString()).isEqualTo("[\"containerPort\",\"protocol\"]");
		assertThat(ports.path("x-kubernetes-patch-merge-key").asString()).isEqualTo("containerPort");
	}

	@Test
	void everyReferenceLeadsSomewhere() {
		JsonNode document = document("api/v1");

		List<String> references = document.findValuesAsString("$ref");
		assertThat(references).isNotEmpty();
		for (String reference : references) {
			assertThat(reference).startsWith("#/components/schemas/");
			assertThat(document.at("/components/schemas").has(reference.substring(reference.lastIndexOf('/') + 1)))
				.as(reference)
				.isTrue();
		}
	}

	@Test
	void pathsTellWhatCanBeDone() {
		JsonNode paths = document("apis/apps/v1").path("paths");

		JsonNode object = paths.path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
		assertThat(object.propertyNames()).contains("get", "put", "patch", "delete");
		assertThat(object.at("/patch/x-kubernetes-action").asString()).isEqualTo("patch");
		assertThat(object.at("/patch/x-kubernetes-group-version-kind"))
			.isEqualTo(Answer.MAPPER.readTree("{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"}"));
		// by this, kubectl knows that the server validates fields
		assertThat(object.at("/patch/parameters").findValuesAsString("name")).contains("fieldValidation", "dryRun");
		assertThat(paths.at("/~1apis~1apps~1v1~1namespaces~1{namespace}~1deployments").propertyNames()).contains("get",
				"post", "delete");
		assertThat(paths.has("/apis/apps/v1/deployments")).isTrue();
		assertThat(paths.path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale")
			.at("/get/x-kubernetes-group-version-kind/kind")
			.asString()).isEqualTo("Scale");
	}

	@Test
	void addressHasTheHashOfTheDocument() {
		String address = this.server.get("/openapi/v3").at("/paths/apis~1apps~1v1/serverRelativeURL").asString();
		String hash = address.substring(address.indexOf('=') + 1);

		assertThat(this.server.get(address).expect(200).header("ETag")).isEqualTo("\"" + hash + "\"");
		Answer moved = this.server.get(address.replace(hash, "0123")).expect(301);
		assertThat(moved.header("Location")).isEqualTo(address);
	}

	@Test
	void documentsAreWrittenInJson() {
		String path = "/openapi/v3/apis/apps/v1";

		assertThat(this.server.get(path).expect(200).contentType()).isEqualTo("application/json");
		assertThat(this.server.get(path, "text/html,application/json;q=0.5").expect(200).contentType())
			.isEqualTo("application/json");
		this.server.get(path, "text/html").expect(406);
	}

	@Test
	void unknownDocumentsAreNotFound() {
		this.server.get("/openapi/v3/apis/none.example.org/v1").expect(404);
	}

	@Test
	void customResourcesHaveADocument() {
		String group = CustomResources.newGroup();
		CustomResources.define(this.server, CustomResources.widgets(group,
				"{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\"}}}"));

		GroupVersionKind kind = GroupVersionKind.of(group, "v1", "Widget");
		JsonNode schema = Awaitility.await("the document").atMost(Duration.ofMinutes(1)).until(() -> {
			Answer answer = this.server.get("/openapi/v3/apis/" + group + "/v1");
			return (answer.code() == 200) ? schemaOf(answer.json(), kind) : MissingNode.getInstance();
		}, (found) -> !found.isMissingNode());

		assertThat(schema.at("/properties/spec/properties/size/type").asString()).isEqualTo("integer");
		assertThat(schema.path("properties").propertyNames()).contains("apiVersion", "kind", "metadata", "status");
		assertThat(this.server.get("/openapi/v3").json().path("paths").has("apis/" + group + "/v1")).isTrue();
	}

	private JsonNode document(String path) {
		return this.server.get("/openapi/v3/" + path).expect(200).json();
	}

	private static JsonNode schemaOf(JsonNode document, GroupVersionKind kind) {
		return document.at("/components/schemas")
			.valueStream()
			.filter((schema) -> schema.path("x-kubernetes-group-version-kind")
				.valueStream()
				.anyMatch((type) -> type.path("kind").asString().equals(kind.kind())
						&& type.path("group").asString().equals(kind.group())
						&& type.path("version").asString().equals(kind.version())))
			.findFirst()
			.orElse(MissingNode.getInstance());
	}

}
