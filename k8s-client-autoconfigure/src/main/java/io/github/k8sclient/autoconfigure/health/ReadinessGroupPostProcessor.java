package io.github.k8sclient.autoconfigure.health;

import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Adds the health of the API server and of the informers to the readiness group, unless
 * the application has chosen the members of that group.
 */
// After the one of the availability probes, which has the same order and comes from an
// earlier auto-configuration
@Order(Ordered.LOWEST_PRECEDENCE)
final class ReadinessGroupPostProcessor implements HealthEndpointGroupsPostProcessor {

	private static final String READINESS = "readiness";

	private static final String GROUP_PROPERTY = "management.endpoint.health.group." + READINESS + ".";

	private final boolean membersChosen;

	ReadinessGroupPostProcessor(Environment environment) {
		this.membersChosen = isSet(environment, "include") || isSet(environment, "exclude");
	}

	private static boolean isSet(Environment environment, String property) {
		return environment.containsProperty(GROUP_PROPERTY + property)
				|| environment.containsProperty(GROUP_PROPERTY + property + "[0]");
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		HealthEndpointGroup readiness = this.membersChosen ? null : groups.get(READINESS);
		return (readiness != null) ? new ReadinessHealthEndpointGroups(groups, READINESS, readiness) : groups;
	}

}
