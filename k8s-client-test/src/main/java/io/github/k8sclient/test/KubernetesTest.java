package io.github.k8sclient.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.annotation.AliasFor;

/**
 * Runs a test class with the Spring Boot application around it and an
 * {@link EmbeddedApiServer} in place of a cluster. The server is a bean, so a test can
 * take it as a parameter, prepare objects through the clients and make the server
 * misbehave:
 *
 * <pre class="code">
 * &#064;KubernetesTest
 * class PvcWatchTests {
 *
 *     &#064;Test
 *     void survivesExpiry(&#064;Autowired Clientset clientset, &#064;Autowired EmbeddedApiServer server) {
 *         server.faults().expireWatches();
 *     }
 *
 * }
 * </pre>
 *
 * It is {@link SpringBootTest @SpringBootTest} with
 * {@link AutoConfigureEmbeddedApiServer @AutoConfigureEmbeddedApiServer}.
 * <p>
 * Spring's test framework keeps application contexts for further test classes with the
 * same configuration; these share the server and its objects. A test that needs a clean
 * server calls {@link EmbeddedApiServer#reset()}, or uses a namespace of its own.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
@AutoConfigureEmbeddedApiServer
public @interface KubernetesTest {

	/**
	 * Alias for {@link #properties()}.
	 * @return the properties
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "value")
	String[] value() default {};

	/**
	 * Properties of the application in the form {@code key=value}.
	 * @return the properties
	 * @see SpringBootTest#properties()
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "properties")
	String[] properties() default {};

	/**
	 * The configuration classes, if not the application's own.
	 * @return the classes
	 * @see SpringBootTest#classes()
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "classes")
	Class<?>[] classes() default {};

	/**
	 * Arguments of the application.
	 * @return the arguments
	 * @see SpringBootTest#args()
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "args")
	String[] args() default {};

	/**
	 * The web environment of the application.
	 * @return the web environment
	 * @see SpringBootTest#webEnvironment()
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "webEnvironment")
	SpringBootTest.WebEnvironment webEnvironment() default SpringBootTest.WebEnvironment.MOCK;

	/**
	 * Whether the application is started by its main method.
	 * @return the use of the main method
	 * @see SpringBootTest#useMainMethod()
	 */
	@AliasFor(annotation = SpringBootTest.class, attribute = "useMainMethod")
	SpringBootTest.UseMainMethod useMainMethod() default SpringBootTest.UseMainMethod.NEVER;

}
