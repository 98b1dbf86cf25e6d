package io.github.k8sclient.informer;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObjectCheck}, with a class that stands for objects of any kind.
 */
class ObjectCheckTests {

	private final ObjectCheck<AnyObject> check = new ObjectCheck<>(widgets());

	@Test
	void objectOfTheKindIsOfUse() {
		assertThat(this.check.problemOf(new AnyObject("example.com/v1", "Widget"))).isNull();
	}

	@Test
	void objectThatDoesNotSayItsKindIsOfUse() {
		assertThat(this.check.problemOf(new AnyObject("", ""))).isNull();
	}

	@Test
	void metadataOfAnyKindAreOfUse() {
		assertThat(this.check.problemOf(new AnyObject("meta.k8s.io/v1", "PartialObjectMetadata"))).isNull();
	}

	@Test
	void objectOfAnotherKindIsOfNoUse() {
		assertThat(this.check.problemOf(new AnyObject("example.com/v1", "Gadget"))).contains("Widget")
			.contains("Gadget");
	}

	@Test
	void objectOfAnotherVersionIsOfNoUse() {
		assertThat(this.check.problemOf(new AnyObject("example.com/v2", "Widget"))).contains("example.com/v2");
	}

	@Test
	void tableIsOfNoUse() {
		assertThat(this.check.problemOf(new AnyObject("meta.k8s.io/v1", "Table"))).contains("Table");
	}

	@Test
	void kindOfTheUserMayBeCalledTable() {
		ObjectCheck<AnyObject> tables = new ObjectCheck<>(resource("furniture.example.com/v1", "Table", "tables"));

		assertThat(tables.problemOf(new AnyObject("furniture.example.com/v1", "Table"))).isNull();
	}

	private static ResourceDescriptor<AnyObject> widgets() {
		return resource("example.com/v1", "Widget", "widgets");
	}

	// nothing is read or written here
	@SuppressWarnings("unchecked")
	private static ResourceDescriptor<AnyObject> resource(String apiVersion, String kind, String plural) {
		Codec<AnyObject> codec = (Codec<AnyObject>) (Codec<?>) ConfigMap.RESOURCE.codec();
		return ResourceDescriptor.builder(AnyObject.class, apiVersion, kind, plural, codec).build();
	}

	/**
	 * An object of any kind.
	 *
	 * @param apiVersion the API version
	 * @param kind the kind
	 */
	private record AnyObject(String apiVersion, String kind) implements KubernetesObject {

		@Override
		public ObjectMeta metadata() {
			return ObjectMeta.builder().name("thing").resourceVersion("1").build();
		}

	}

}
